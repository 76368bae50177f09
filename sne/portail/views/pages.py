"""The portal's pages that say something and ask nothing: home, how it works, rights, data, accessibility."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """What can be done here today, and where the rest is done."""
    return render(request, "portail/menage/accueil.html")


@login_not_required
@require_safe
def comment(request: HttpRequest) -> HttpResponse:
    """What becomes of a demande, from its number to a dwelling."""
    return render(request, "portail/menage/comment.html")


@login_not_required
@require_safe
def droits(request: HttpRequest) -> HttpResponse:
    """What a person may ask, and of whom."""
    return render(request, "portail/menage/droits.html")


@login_not_required
@require_safe
def donnees(request: HttpRequest) -> HttpResponse:
    """What this site keeps of whoever signs in."""
    return render(request, "portail/menage/donnees.html")


@login_not_required
@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    """What is known of how these pages serve everybody."""
    return render(request, "portail/menage/accessibilite.html")


@login_not_required
def page_perimee(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - given by Django
    """A form whose token is no longer that of this browser: nothing was done."""
    return render(request, "portail/menage/perimee.html", status=403)
