"""Pages about the service, open to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@login_not_required
@require_GET
def page(request: HttpRequest, gabarit: str) -> HttpResponse:
    """One of the four pages that every footer leads to."""
    return render(request, f"guichet/pages/{gabarit}.html")
