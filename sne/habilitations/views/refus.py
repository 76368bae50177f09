"""Pages of refusals that come before any view, and of failures after them: what was sent is kept, never acted upon."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sne.habilitations.envois import retenir_perimee
from sne.socle.middleware import illisible

ATTENTE_DU_VERROU = 15  # minutes, as AXES_COOLOFF_TIME


@login_not_required
def page_perimee(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form sent from a page too old, or without its cookie (``CSRF_FAILURE_VIEW``)."""
    garde = retenir_perimee(request)
    return render(request, "habilitations/page_perimee.html", {"garde": garde}, status=403)


def verrouille(request: HttpRequest, *_: Any) -> HttpResponse:
    """Too many wrong passwords for this account from this address (``AXES_LOCKOUT_CALLABLE``)."""
    reponse = render(request, "habilitations/verrouille.html", {"minutes": ATTENTE_DU_VERROU}, status=429)
    reponse.headers["Retry-After"] = str(ATTENTE_DU_VERROU * 60)
    return reponse


def requete_illisible(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Request that Django refuses (``handler400``): its host, its size, its shape. Nothing of it is read here."""
    return illisible()


def page_introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as above
    """No such address (``handler404``). Django's own would read a form sent there."""
    return render(request, "404.html", status=404)
