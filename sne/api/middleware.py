"""Around each call: its identifier, the line in the log, and JSON for what no operation answered."""

import codecs
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import Any

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from sne.api.appels import est_vain, fait_de
from sne.api.erreurs import INTROUVABLE, refuser
from sne.api.reponse import dire_erreur
from sne.cellules.reponses import poursuivre
from sne.conventions.actions import compter_en_vain, noter_appel
from sne.socle import horloge
from sne.socle.connexions import est_fermee
from sne.socle.identifiants import uuid7
from sne.socle.indisponible import ATTENTE_FERME, TERRITOIRE_FERME
from sne.socle.journalisation import ENTETE, JournalisationMiddleware
from sne.socle.middleware import a_un_signe_nul
from sne.socle.requete import identifiant

lignes = structlog.stdlib.get_logger("sne.api")
GetResponse = Callable[[HttpRequest], HttpResponse]


class AppelMiddleware(JournalisationMiddleware):
    """The technical line, the caller's own identifier, the quota that is left, and nothing kept by a cache."""

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(_Repondre(get_response))

    def correlation(self, request: HttpRequest) -> uuid.UUID:
        """The caller's identifier when it is one: the journal's entries and this answer bear it."""
        return identifiant(request.headers.get(ENTETE, "")) or uuid7()


class _Repondre:
    """What is answered when no operation did, and the headers of every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not est_de_l_interface(request):
            return self.get_response(request)
        request.depart = time.perf_counter()  # type: ignore[attr-defined]
        with ExitStack() as pile:  # the cell where it is answered, once its caller is known
            request.pile = pile  # type: ignore[attr-defined]
            illisible = est_illisible(request)
            reponse = poursuivre(requete_illisible(request) if illisible else self.get_response(request))
        if isinstance(reponse, HttpResponseNotAllowed):
            reponse = _methode_refusee(reponse)
        _noter(request, reponse)
        reponse.headers.setdefault("Cache-Control", "no-store")
        cadence = getattr(request, "cadence", None)
        for nom, valeur in cadence.entetes().items() if cadence else ():
            reponse[nom] = valeur
        return reponse


def _noter(request: Any, reponse: HttpResponse) -> None:
    """Write the call in the log of its agreement, unless it is there since its answer is kept, and count it again if it
    was for nothing; an answer that is made is given, whatever becomes of both.
    """
    identite, appel = getattr(request, "identite", None), getattr(request, "appel", None)
    if identite is None:
        return
    try:
        if not getattr(request, "note", False):
            qui = appel.appelant if appel else identite
            noter_appel(qui, fait_de(request, reponse), survenu_le=horloge.vrai())
        if appel and est_vain(request, reponse):
            compter_en_vain(appel.appelant, survenu_le=horloge.vrai())
    except DatabaseError:
        lignes.exception("appel non noté")


def est_de_l_interface(request: HttpRequest) -> bool:
    """Whether it is for REST: this process may answer messages too."""
    return request.path_info.startswith("/api/")


def est_illisible(request: HttpRequest) -> bool:
    """Whether it is written in other signs than UTF-8, holds a null sign, or an identifier of call that is not one."""
    appel = request.headers.get(ENTETE)
    return (
        (bool(request.encoding) and codecs.lookup(str(request.encoding)).name != "utf-8")
        or "\0" in request.path_info
        or a_un_signe_nul(request.GET)
        or (appel is not None and identifiant(appel) is None)
    )


def requete_illisible(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """400: nothing of it was read."""
    phrase = (
        "La requête n’est pas lisible. Écrivez-la en UTF-8, avec un UUID pour «\u00a0X-Request-ID\u00a0»."
    )
    return dire_erreur(refuser(HTTPStatus.BAD_REQUEST, "REQUETE_ILLISIBLE", phrase))


def adresse_inconnue(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """404: the very body of an unknown object."""
    return dire_erreur(refuser(HTTPStatus.NOT_FOUND, "INTROUVABLE", INTROUVABLE))


def erreur_du_service(_: HttpRequest) -> HttpResponse:
    """500: says what to do, and nothing of what happened. 503 while a territory moves to another server."""
    exception = sys.exception()
    if est_fermee(exception):
        return dire_erreur(
            refuser(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "TERRITOIRE_FERME",
                TERRITOIRE_FERME,
                entetes={"Retry-After": str(ATTENTE_FERME)},
            )
        )
    phrase = (
        "Le service n’a pas pu répondre. Renvoyez le même message avec la même clé. Si cela dure, donnez "
        "l’en-tête «\u00a0X-Request-ID\u00a0» de cette réponse à l’assistance."
    )
    return dire_erreur(refuser(HTTPStatus.INTERNAL_SERVER_ERROR, "ERREUR_DU_SERVICE", phrase))


def _methode_refusee(reponse: HttpResponseNotAllowed) -> HttpResponse:
    permises: Any = reponse["Allow"]
    return dire_erreur(
        refuser(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "METHODE_REFUSEE",
            "Cette adresse n’accepte pas cette méthode. Lisez celles de l’en-tête «\u00a0Allow\u00a0».",
            entetes={"Allow": permises},
        )
    )
