"""A write sent twice is done once: the answer of its key is kept, and given again."""

import hashlib
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from sne.api.appels import fait_de
from sne.api.cle_d_acte import ENTETE, nommer
from sne.api.erreurs import ErreurApi, refuser
from sne.api.porte import Appel
from sne.api.reponse import TYPE, dire_erreur
from sne.conventions.actions import Reponse, garder_reponse, tenir_cle
from sne.conventions.selectors import ReponseLue
from sne.socle import horloge

REJOUEE = "Idempotency-Replayed"
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


def lire_cle(request: HttpRequest, appel: Appel) -> uuid.UUID:
    """The identifier of what the act makes. Raises ``ErreurApi`` (400)."""
    cle = nommer(request, appel.appelant.convention_id)
    if cle is None:
        raise refuser(
            HTTPStatus.BAD_REQUEST,
            "CLE_IDEMPOTENCE_ABSENTE",
            f"L’en-tête «\u00a0{ENTETE}\u00a0» manque ou ne convient pas. Tirez une clé pour chaque acte, de 1 à 128 "
            "signes ASCII visibles, et renvoyez la même à chaque nouvel essai.",
        )
    return cle


def une_seule_fois(
    request: HttpRequest, appel: Appel, faire: Callable[[uuid.UUID], HttpResponse]
) -> HttpResponse:
    """The answer of the act, done now or kept from an earlier try. ``faire`` is given the identifier to use.

    Raises ``ErreurApi``: 409 while the first try is under way, 422 for another body.
    """
    cle = lire_cle(request, appel)
    empreinte = hashlib.sha256(request.body).digest()
    with nullcontext(appel.tenue) if appel.tenue else tenir_cle(cle) as prise:
        if not prise.tenue:
            raise refuser(
                HTTPStatus.CONFLICT,
                "ACTE_EN_COURS",
                "Le même acte est en cours. Attendez une seconde, puis renvoyez le même message.",
                entetes={"Retry-After": "1"},
            )
        if prise.deja is not None:
            return _rejouer(prise.deja, empreinte)
        try:
            reponse = faire(cle)
        except ErreurApi as refus:
            reponse = dire_erreur(refus)
        if reponse.status_code in GARDES:
            entetes = {nom: reponse[nom] for nom in DITS if reponse.has_header(nom)}
            garder_reponse(
                prise,
                Reponse(empreinte, entetes, reponse.content),
                de=appel.appelant,
                fait=fait_de(request, reponse),
                gardee_le=appel.le,
                survenu_le=horloge.vrai(),
            )
            request.note = True  # type: ignore[attr-defined]
        return reponse


def _rejouer(deja: ReponseLue, empreinte: bytes) -> HttpResponse:
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
