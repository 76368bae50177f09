"""Addresses of a small interface that receives files in several goes; a header says who its visitor is."""

import uuid
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from sne.documents import tus
from sne.documents.rules import Accueil

OCTETS = 30_000_000


def accueil(proprietaire: str = "moi", **autres: object) -> Accueil:
    """What this interface accepts."""
    choix: dict[str, object] = {"octets": OCTETS, "duree": timedelta(hours=24), "au_plus": 5}
    return Accueil(territoire="099", proprietaire=proprietaire, objet="page", **{**choix, **autres})  # type: ignore[arg-type]


@login_not_required
@csrf_exempt
def commencer(request: HttpRequest) -> HttpResponse:
    """Begin an upload."""
    return tus.accueillir(request, accueil(_qui(request)), adresse=lambda cle: reverse("suite", args=[cle]))


@login_not_required
@csrf_exempt
def suite(request: HttpRequest, cle: uuid.UUID) -> HttpResponse:
    """Go on with one."""
    return tus.poursuivre(request, cle, proprietaire=_qui(request))


def _qui(request: HttpRequest) -> str:
    return request.headers.get("X-Qui", "moi")


urlpatterns = [path("envois/", commencer), path("envois/<uuid:cle>/", suite, name="suite")]
