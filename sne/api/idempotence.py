"""A write sent twice is done once: the answer of its key is kept, and given again."""

import hashlib
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from sne.api.erreurs import ErreurApi, refuser
from sne.api.porte import Appel
from sne.api.reponse import TYPE, dire_erreur

ENTETE, REJOUEE = "Idempotency-Key", "Idempotency-Replayed"
CLE = re.compile(r"[!-~]{1,128}")
GARDES = frozenset(
    {
        HTTPStatus.OK,
        HTTPStatus.CREATED,
        HTTPStatus.ACCEPTED,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.GONE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Answers that are kept. A retry after any other must be able to succeed."""
DITS = ("ETag", "Location")
"""Headers that are kept with the answer."""


@dataclass(frozen=True, slots=True)
class Cle:
    """A key in its place: it means something for one agreement, one method, one path."""

    convention: uuid.UUID
    methode: str
    chemin: str
    texte: str

    @property
    def identifiant(self) -> uuid.UUID:
        """The identifier of what the act makes: the same at each try, so that a second one finds it done."""
        return uuid.uuid5(self.convention, f"{self.methode} {self.chemin} {self.texte}")


@dataclass(frozen=True, slots=True)
class Gardee:
    """An answer kept. ``empreinte``: SHA-256 of the body that it answered."""

    empreinte: bytes
    statut: int
    entetes: dict[str, str]
    corps: bytes


class Memoire(Protocol):
    """Where answers are kept."""

    def seule(self, cle: Cle) -> AbstractContextManager[bool]:
        """Hold the key until the end; false: another call holds it. Whoever dies lets it go."""

    def retrouver(self, cle: Cle) -> Gardee | None:
        """What was answered."""

    def garder(self, cle: Cle, gardee: Gardee, *, appel: Appel) -> None:
        """Keep an answer."""


def memoire() -> Memoire:
    """The one of the settings."""
    connue: Memoire = import_string(settings.API_MEMOIRE)
    return connue


def lire_cle(request: HttpRequest, appel: Appel) -> Cle:
    """The key of this call. Raises ``ErreurApi`` (400)."""
    texte = request.headers.get(ENTETE, "")
    if not CLE.fullmatch(texte):
        raise refuser(
            HTTPStatus.BAD_REQUEST,
            "CLE_IDEMPOTENCE_ABSENTE",
            f"L’en-tête « {ENTETE} » manque ou ne convient pas. Tirez une clé pour chaque acte, de 1 à 128 signes "
            "ASCII visibles, et renvoyez la même à chaque nouvel essai.",
        )
    return Cle(appel.appelant.convention_id, request.method or "", request.path, texte)


def une_seule_fois(
    request: HttpRequest, appel: Appel, faire: Callable[[uuid.UUID], HttpResponse]
) -> HttpResponse:
    """The answer of the act, done now or kept from an earlier try. ``faire`` is given the identifier to use.

    Raises ``ErreurApi``: 409 while the first try is under way, 422 for another body.
    """
    cle, ou = lire_cle(request, appel), memoire()
    empreinte = hashlib.sha256(request.body).digest()
    with ou.seule(cle) as seule:
        if not seule:
            raise refuser(
                HTTPStatus.CONFLICT,
                "ACTE_EN_COURS",
                "Le même acte est en cours. Attendez une seconde, puis renvoyez le même message.",
                entetes={"Retry-After": "1"},
            )
        deja = ou.retrouver(cle)
        if deja is not None:
            return _rejouer(deja, empreinte)
        try:
            reponse = faire(cle.identifiant)
        except ErreurApi as refus:
            reponse = dire_erreur(refus)
        if reponse.status_code in GARDES:
            entetes = {nom: reponse[nom] for nom in DITS if reponse.has_header(nom)}
            ou.garder(cle, Gardee(empreinte, reponse.status_code, entetes, reponse.content), appel=appel)
        return reponse


def _rejouer(deja: Gardee, empreinte: bytes) -> HttpResponse:
    if deja.empreinte != empreinte:
        raise refuser(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "CLE_IDEMPOTENCE_DIFFERENTE",
            "Cette clé d’idempotence a déjà servi pour un autre message. Tirez-en une nouvelle pour un nouvel acte.",
        )
    reponse = HttpResponse(deja.corps, status=deja.statut, content_type=TYPE)
    for nom, valeur in deja.entetes.items():
        reponse[nom] = valeur
    reponse[REJOUEE] = "true"
    return reponse
