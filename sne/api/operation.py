"""Declaring an operation once, for the code and for the contract: duties of its caller, answers, refusals."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router

from sne.api.cle_d_acte import ENTETE
from sne.api.erreurs import traduire
from sne.api.idempotence import une_seule_fois
from sne.api.porte import Appel, CleDApi, Regles
from sne.api.schemas.commun import Erreurs
from sne.conventions.equite import equite
from sne.socle.erreurs import Refus
from sne.socle.horloge import jour

Vue = Callable[..., HttpResponse]


class RequeteDEditeur(HttpRequest):
    """A request whose caller is known. ``identifiant``: that of what the act makes, when it is done under a key;
    ``trouvee``: the demande that it names is there, what is not is of it.
    """

    appel: Appel
    correlation: uuid.UUID
    identifiant: uuid.UUID
    trouvee: bool


TOUJOURS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
D_UN_DOSSIER = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
D_UN_CORPS = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
D_UN_ACTE = (HTTPStatus.CONFLICT,)
D_UNE_REVISION = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)

_ENTETES: Mapping[str, tuple[str, dict[str, Any]]] = {
    "SNE-Guichet": (
        "Guichet de la convention pour lequel l’appel est fait.",
        {"type": "string", "pattern": "^([0-9A-Z]{3}/)?[A-Z0-9]{5}$", "example": "G0993"},
    ),
    "SNE-Agent": (
        "Pseudonyme, chez l’éditeur, de la personne qui agit\u00a0; jamais une adresse électronique.",
        {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$", "example": "a-1043"},
    ),
    ENTETE: (
        "Clé tirée pour cet acte, la même à chaque nouvel essai.",
        {
            "type": "string",
            "minLength": 1,
            "maxLength": 128,
            "example": "5f0c2a9e-2f0a-4f2f-8d3e-0f7a1f3b9c55",
        },
    ),
    "If-Match": (
        "Révision lue\u00a0: l’«\u00a0ETag\u00a0» de la lecture.",
        {"type": "string", "pattern": '^(W/)?"r[1-9][0-9]{0,8}"$', "example": '"r1"'},
    ),
    "X-Request-ID": (
        "Identifiant de l’appel (UUID), rendu par la réponse et gardé au journal.",
        {"type": "string", "format": "uuid"},
    ),
}


def operation(
    routeur: Router,
    methode: str,
    chemin: str,
    *,
    regles: Regles,
    reponses: Mapping[int, Any],
    erreurs: Sequence[int] = (),
    prefixe: str = "",
    resume: str,
    extra: Mapping[str, Any] | None = None,
) -> Callable[[Vue], Vue]:
    """Decorator of a view. ``prefixe``: where the content of a demande is in its body (JSON pointer)."""

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def executer(request: RequeteDEditeur, *args: Any, **kwargs: Any) -> HttpResponse:
            def faire(identifiant: uuid.UUID) -> HttpResponse:
                request.identifiant = identifiant
                try:
                    return vue(request, *args, **kwargs)
                except Refus as refus:
                    raise traduire(refus, prefixe=prefixe) from None

            with _place(request.appel, regles):
                if regles.cle:
                    return une_seule_fois(request, request.appel, faire)
                return faire(request.correlation)

        codes = {*TOUJOURS, *erreurs}
        routeur.api_operation(
            [methode],
            chemin,
            auth=CleDApi(regles),
            response={**reponses, **{int(code): Erreurs for code in sorted(codes)}},
            summary=resume,
            operation_id=vue.__name__,
            openapi_extra=_extra(regles, extra or {}),
        )(executer)
        return cast(Vue, executer)

    return decorer


def _place(appel: Appel, regles: Regles) -> AbstractContextManager[None]:
    """A thread of the share of this agreement, while it is answered."""
    return nullcontext() if regles.attend else equite(jour(appel.le)).place(appel.appelant.convention_id)


def _extra(regles: Regles, extra: Mapping[str, Any]) -> dict[str, Any]:
    """What the contract says besides: the headers asked for, the scope."""
    obliges = ["SNE-Guichet", "SNE-Agent"] if regles.nominative else []
    obliges += [ENTETE] if regles.cle else []
    obliges += ["If-Match"] if regles.revision else []
    parametres = [_entete(nom, oblige=nom in obliges) for nom in [*obliges, "X-Request-ID"]]
    parametres += extra.get("parameters", [])
    return {"x-portee": str(regles.portee or ""), **extra, "parameters": parametres}


def _entete(nom: str, *, oblige: bool) -> dict[str, Any]:
    phrase, schema = _ENTETES[nom]
    return {"in": "header", "name": nom, "required": oblige, "description": phrase, "schema": dict(schema)}


IDEMPOTENCE = _entete(ENTETE, oblige=True)
"""The header of a key, for an operation that keeps no answer."""
