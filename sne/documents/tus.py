"""The tus 1.0.0 protocol (https://tus.io) over HTTP: what a view that has said who sends, and what for, answers with.

One answer is not of the protocol: what became of a file once it is whole, for the page that shows it.

The interface mounts it behind its own sign-in, policy and CSRF check; nothing here knows a demande or a person.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from sne.documents.actions import ouvrir_televersement
from sne.documents.boite import decrire, dire_deux_fois
from sne.documents.rules import (
    Accueil,
    DocumentRefuse,
    DocumentTropLourd,
    Limites,
    MagasinMuet,
    PositionInattendue,
    TropDeTeleversements,
)
from sne.documents.rules.televersements import (
    CONTROLES,
    EXTENSIONS_TUS,
    VERSION_TUS,
    RequeteMalFormee,
    lire_controle,
    lire_nom,
    lire_nombre,
)
from sne.documents.selectors import TeleversementLu, get_documents, list_televersements
from sne.documents.televersement import (
    ControleRate,
    ajouter_octets,
    conclure,
    lire_televersement,
    oublier,
)
from sne.socle import horloge
from sne.socle.erreurs import Efface, Introuvable, Refus

CORPS = "application/offset+octet-stream"
CONTROLE_RATE = 460  # the protocol's own
STATUTS: Mapping[type[Refus], int] = {
    RequeteMalFormee: HTTPStatus.BAD_REQUEST,
    DocumentTropLourd: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    PositionInattendue: HTTPStatus.CONFLICT,
    TropDeTeleversements: HTTPStatus.TOO_MANY_REQUESTS,
    ControleRate: CONTROLE_RATE,
    MagasinMuet: HTTPStatus.SERVICE_UNAVAILABLE,
    Efface: HTTPStatus.NOT_FOUND,
    Introuvable: HTTPStatus.NOT_FOUND,
}

Adresse = Callable[[uuid.UUID], str]


def accueillir(request: HttpRequest, accueil: Accueil, *, adresse: Adresse) -> HttpResponse:
    """Where uploads begin: OPTIONS says what is spoken here, POST begins one. ``adresse``: where it goes on."""
    if request.method == "OPTIONS":
        reponse = HttpResponse(status=HTTPStatus.NO_CONTENT)
        reponse["Tus-Version"] = VERSION_TUS
        reponse["Tus-Extension"] = ",".join(EXTENSIONS_TUS)
        reponse["Tus-Max-Size"] = str(accueil.octets)
        reponse["Tus-Checksum-Algorithm"] = ",".join(CONTROLES)
        return _signer(reponse)
    return _repondre(request, lambda: _creer(request, accueil, adresse=adresse))


def poursuivre(request: HttpRequest, televersement_id: uuid.UUID, *, proprietaire: str) -> HttpResponse:
    """One upload: HEAD says where it is, PATCH goes on, DELETE gives up."""
    gestes = {"HEAD": _situer, "PATCH": _ajouter, "DELETE": _abandonner}
    geste = gestes[methode(request)]
    return _repondre(request, lambda: geste(request, televersement_id, proprietaire))


def terminer(televersement_id: uuid.UUID, *, proprietaire: str, limites: Limites) -> HttpResponse:
    """Take in a file whose bytes are all here, and say what became of it. Raises ``Introuvable``."""
    try:
        lu = conclure(
            televersement_id, proprietaire=proprietaire, limites=limites, survenu_le=horloge.maintenant()
        )
    except DocumentRefuse as refus:  # not whole, or a store that does not answer: to be asked again
        return JsonResponse({"refus": refus.phrase})
    return JsonResponse({"id": str(lu.id), "refus": lu.refus, "phrase": _dire_recu(lu, proprietaire)})


def _dire_recu(lu: TeleversementLu, proprietaire: str) -> str:
    """That it is there, how long it is; or that the same bytes were there already."""
    freres = list_televersements(
        territoire=lu.territoire, proprietaire=proprietaire, objet=lu.objet, le=horloge.maintenant()
    )
    noms = {t.document: t.nom for t in freres if t.document and t.id <= lu.id}
    documents = get_documents(noms, territoire=lu.territoire)
    sien = documents.get(lu.document) if lu.document else None
    deja = next(
        (noms[d.id] for d in documents.values() if sien and d.empreinte == sien.empreinte and d != sien), ""
    )
    return dire_deux_fois(deja) if deja else f"Reçu{decrire(sien)}"


def methode(request: HttpRequest) -> str:
    """The method meant: some networks let GET and POST through only."""
    forcee = request.headers.get("X-HTTP-Method-Override", "")
    if request.method == "POST" and forcee in {"PATCH", "DELETE"}:
        return forcee
    return request.method or ""


def _creer(request: HttpRequest, accueil: Accueil, *, adresse: Adresse) -> HttpResponse:
    taille = lire_nombre(request.headers.get("Upload-Length"), nom="Upload-Length")
    nom = lire_nom(request.headers.get("Upload-Metadata", ""))
    televersement_id = ouvrir_televersement(accueil, nom=nom, taille=taille, survenu_le=horloge.maintenant())
    reponse = HttpResponse(status=HTTPStatus.CREATED)
    if request.content_type == CORPS:
        recu = _lire_corps(request, televersement_id, proprietaire=accueil.proprietaire, debut=0)
        reponse["Upload-Offset"] = str(recu)
    reponse["Location"] = adresse(televersement_id)
    return _dater(reponse, televersement_id, proprietaire=accueil.proprietaire)


def _situer(_: HttpRequest, televersement_id: uuid.UUID, proprietaire: str) -> HttpResponse:
    lu = lire_televersement(televersement_id, proprietaire=proprietaire)
    reponse = HttpResponse()
    reponse["Upload-Offset"] = str(lu.recu)
    reponse["Upload-Length"] = str(lu.taille)
    return _dater(reponse, televersement_id, proprietaire=proprietaire)


def _ajouter(request: HttpRequest, televersement_id: uuid.UUID, proprietaire: str) -> HttpResponse:
    if request.content_type != CORPS:
        return _dire(f"Le corps doit être de type {CORPS}.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    debut = lire_nombre(request.headers.get("Upload-Offset"), nom="Upload-Offset")
    recu = _lire_corps(request, televersement_id, proprietaire=proprietaire, debut=debut)
    reponse = HttpResponse(status=HTTPStatus.NO_CONTENT)
    reponse["Upload-Offset"] = str(recu)
    return _dater(reponse, televersement_id, proprietaire=proprietaire)


def _lire_corps(request: HttpRequest, televersement_id: uuid.UUID, *, proprietaire: str, debut: int) -> int:
    longueur = request.headers.get("Content-Length")
    return ajouter_octets(
        televersement_id,
        request.read,
        proprietaire=proprietaire,
        debut=debut,
        attendus=lire_nombre(longueur, nom="Content-Length") if longueur else None,
        controle=lire_controle(request.headers.get("Upload-Checksum")),
    )


def _abandonner(_: HttpRequest, televersement_id: uuid.UUID, proprietaire: str) -> HttpResponse:
    oublier(televersement_id, proprietaire=proprietaire)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _repondre(request: HttpRequest, geste: Callable[[], HttpResponse]) -> HttpResponse:
    if request.headers.get("Tus-Resumable") != VERSION_TUS:
        reponse = _dire(
            f"Cette adresse parle la version {VERSION_TUS} de tus.", HTTPStatus.PRECONDITION_FAILED
        )
        reponse["Tus-Version"] = VERSION_TUS
        return _signer(reponse)
    try:
        return _signer(geste())
    except tuple(STATUTS) as refus:
        reponse = _dire(str(refus), next(s for genre, s in STATUTS.items() if isinstance(refus, genre)))
        if isinstance(refus, PositionInattendue):
            reponse["Upload-Offset"] = str(refus.recu)
        return _signer(reponse)
    except Refus as refus:  # of the file itself: empty, for instance
        return _signer(_dire(refus.phrase, HTTPStatus.BAD_REQUEST))


def _dire(phrase: str, statut: int) -> HttpResponse:
    return HttpResponse(phrase, content_type="text/plain; charset=utf-8", status=statut)


def _dater(reponse: HttpResponse, televersement_id: uuid.UUID, *, proprietaire: str) -> HttpResponse:
    lu = lire_televersement(televersement_id, proprietaire=proprietaire)
    reponse["Upload-Expires"] = http_date(lu.expire_le.astimezone(UTC).timestamp())
    return reponse


def _signer(reponse: HttpResponse) -> HttpResponse:
    reponse["Tus-Resumable"] = VERSION_TUS
    reponse["Cache-Control"] = "no-store"
    return reponse
