"""Turns the refusals of actions and the failures of the server into pages that say what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sne.socle.erreurs import Interdit, Introuvable, NonHabilite

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusMiddleware:
    """A refusal that no view has worded becomes a page: 403 (this person may not), 404 or 409 (not now)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Words the refusals of ``sne.socle.erreurs``; anything else follows Django's own path."""
        if isinstance(exception, NonHabilite):
            return render(request, "403.html", {"phrase": exception.phrase}, status=403)
        if isinstance(exception, Interdit):
            return render(request, "409.html", {"phrase": exception.phrase}, status=409)
        if isinstance(exception, Introuvable):
            return render(request, "404.html", {"phrase": exception.phrase}, status=404)
        return None
