"""Addresses of a small interface that receives files, in one go or several; a header says who its visitor is."""

import uuid
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt

from sne.documents import tus
from sne.documents.actions import rattacher_document
from sne.documents.boite import Boite, Sort
from sne.documents.forms import FormulaireFichiers
from sne.documents.rules import Accueil
from sne.socle.erreurs import Interdit
from sne.socle.horloge import maintenant
from tests.documents.factories import LIMITES

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


@login_not_required
@csrf_exempt
def terminer(request: HttpRequest, cle: uuid.UUID) -> HttpResponse:
    """End one."""
    return tus.terminer(cle, proprietaire=_qui(request), limites=LIMITES)


@login_not_required
@csrf_exempt
def page(request: HttpRequest) -> HttpResponse:
    """A form with files and nothing else; a file joined twice is refused."""
    boite = Boite(accueil(_qui(request)), LIMITES, "/envois/", lambda cle: reverse("suite", args=[cle]))
    formulaire = FormulaireFichiers(request.POST or None, request.FILES or None, boite=boite)
    deja: set[str] = set()

    def joindre(document: uuid.UUID, empreinte: str) -> uuid.UUID:
        if empreinte in deja:
            raise Interdit("Déjà joint.")
        deja.add(empreinte)
        rattacher_document(document, territoire="099", survenu_le=maintenant())
        return document

    sorts: list[Sort] = []
    if formulaire.is_bound and formulaire.is_valid():
        envois, recus = formulaire.envois, formulaire.cleaned_data["fichiers"]
        sorts = boite.joindre(envois, recus, survenu_le=maintenant(), joindre=joindre)
    elif formulaire.is_bound:
        boite.garder(formulaire.envoyes, survenu_le=maintenant())
    for sort in sorts:
        if not sort.joint:
            formulaire.add_error("fichiers", f"{sort.nom}\u00a0: {sort.phrase}")
    contexte = boite.contexte() | {"champ": formulaire["fichiers"]}
    return HttpResponse(render_to_string("documents/televersement.html", contexte))


def _qui(request: HttpRequest) -> str:
    return request.headers.get("X-Qui", "moi")


urlpatterns = [
    path("envois/", commencer),
    path("envois/<uuid:cle>/", suite, name="suite"),
    path("envois/<uuid:cle>/conclure/", terminer),
    path("page/", page),
]
