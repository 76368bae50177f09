"""What a page was sending when its session had ended: never executed, given back to the person who signs in again."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language_from_path, override

from sne.demandeurs.actions import Venue, garder_envoi, oublier_envoi
from sne.demandeurs.rules.envois import Envoi
from sne.demandeurs.selectors import get_envoi, get_session
from sne.socle.horloge import maintenant
from sne.socle.indisponible import lire_renvoi
from sne.socle.langues import FRANCAIS

REPRIS = "repris"
"""Parameter of the address where a form that was kept is sent again."""


def retenir(request: HttpRequest) -> bool:
    """Keep a form that comes from a page of ours and whose session has ended; whether it was kept."""
    if request.method != "POST" or not (
        _vient_d_ici(request) and "text/html" in request.headers.get("Accept", "")
    ):
        return False
    renvoi = lire_renvoi(request)
    if renvoi is None:
        return False
    envoi = Envoi(adresse=request.get_full_path(), champs=tuple(renvoi.champs), fichiers=renvoi.fichiers)
    return garder_envoi(request.COOKIES[settings.COOKIE_DE_SESSION], envoi, survenu_le=maintenant())


def oublier_si_repris(request: Any, reponse: HttpResponse) -> None:
    """Forget it once its page has answered; kept, where the page refused to hear it."""
    if reponse.status_code < HTTPStatus.BAD_REQUEST or reponse.status_code == HTTPStatus.CONFLICT:
        oublier_envoi(request.visiteur.session.compte)


def suite_de(venue: Venue, adresse: str, *, le: datetime) -> str:
    """Where whoever has just signed in is led: to what they were sending, if it was kept; else there."""
    session = get_session(venue.secret, le=le)
    assert session is not None
    if get_envoi(session, le=le) is None:
        return adresse
    with override(get_language_from_path(adresse) or FRANCAIS):
        return reverse("envoi-garde")


def adresse_de_reprise(envoi: Envoi) -> str:
    """Where it is sent again: forgotten once that page has answered."""
    return f"{envoi.adresse}{'&' if '?' in envoi.adresse else '?'}{REPRIS}=oui"


def _vient_d_ici(request: HttpRequest) -> bool:
    """Browsers say where a form was, and no page of another site can say that it was here."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
