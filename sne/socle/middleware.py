"""Turns the refusals of actions and of methods into pages that say what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from sne.socle.erreurs import Efface, Interdit, Introuvable, NonHabilite

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusMiddleware:
    """A refusal that no view has worded becomes a page: 403 (this person may not), 404, 405, 409 (not now) or 410."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reponse = self.get_response(request)
        return _page_405(request, reponse) if isinstance(reponse, HttpResponseNotAllowed) else reponse

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Words the refusals of ``sne.socle.erreurs``; anything else follows Django's own path."""
        if isinstance(exception, NonHabilite):
            return render(request, "403.html", {"phrase": exception.phrase}, status=403)
        if isinstance(exception, Interdit):
            return render(request, "409.html", {"phrase": exception.phrase}, status=409)
        if isinstance(exception, Efface):
            return render(request, "410.html", {"phrase": exception.phrase}, status=410)
        if isinstance(exception, Introuvable):
            return render(request, "404.html", {"phrase": exception.phrase}, status=404)
        return None


def _page_405(request: HttpRequest, reponse: HttpResponseNotAllowed) -> HttpResponse:
    """Django's own answer is empty: the browser would show its error page. The methods allowed are still said."""
    page = render(request, "405.html", status=405)
    page["Allow"] = reponse["Allow"]
    return page
