"""Who calls: the key, the scope, the guichet acted for, the vendor's name of its agent; asked before a body is read."""

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from sne.api.corps import exiger_court
from sne.api.erreurs import refuser
from sne.socle import horloge
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur

AGENT = re.compile(r"[A-Za-z0-9._-]{1,64}")
GUICHET = re.compile(r"[A-Z0-9]{5}")


class Groupe(StrEnum):
    """What is counted together."""

    LECTURES = "LECTURES"
    ECRITURES = "ECRITURES"
    RECHERCHES = "RECHERCHES"
    DOCUMENTS = "DOCUMENTS"


@dataclass(frozen=True, slots=True)
class Quota:
    """What a call leaves of its group. ``remise``: Unix time at which it is whole again."""

    limite: int
    reste: int
    remise: int

    def entetes(self) -> dict[str, str]:
        """As API Entreprise and API Particulier write them."""
        return {
            "RateLimit-Limit": str(self.limite),
            "RateLimit-Remaining": str(max(0, self.reste)),
            "RateLimit-Reset": str(self.remise),
        }


@dataclass(frozen=True, slots=True)
class Appelant:
    """An agreement that a key names. ``portees``: scopes that are open; ``guichets``: those it acts for, by code."""

    convention: uuid.UUID
    nom: str
    portees: frozenset[str]
    guichets: Mapping[str, str] = field(default_factory=dict)  # code → territory
    cle_finit_le: datetime | None = None


class Portier(Protocol):
    """Who knows the agreements, their keys and what they may still call."""

    def reconnaitre(self, cle: str, *, le: datetime) -> Appelant | None:
        """The agreement of this key; ``None`` for a key unknown, ended, revoked, or of another environment."""

    def compter(self, appelant: Appelant, groupe: Groupe, *, le: datetime) -> tuple[bool, Quota]:
        """Count one call; whether it may go on, and what is left."""

    def acteur(
        self, appelant: Appelant, *, guichet: str, agent: str, correlation: uuid.UUID, le: datetime
    ) -> Acteur:
        """Who acts, for this guichet of the agreement."""


@dataclass(frozen=True, slots=True)
class Regles:
    """What one operation asks of its caller. ``portee``: the scope, empty when a key is enough.

    ``nominative``: it is about somebody: a guichet and an agent are named. ``cle``: it writes by POST, under a key of
    idempotency; ``revision``: it changes what was read, under ``If-Match``; ``fichier``: its body is bytes of a file.
    """

    portee: str = ""
    groupe: Groupe = Groupe.LECTURES
    nominative: bool = True
    cle: bool = False
    revision: bool = False
    fichier: bool = False


@dataclass(frozen=True, slots=True)
class Appel:
    """One call, once its caller is known."""

    appelant: Appelant
    acteur: Acteur | None
    le: datetime
    quota: Quota

    @property
    def acte(self) -> Acte:
        """The act about to be done; the operation is about somebody."""
        assert self.acteur is not None
        return Acte(self.acteur, self.le)


def portier() -> Portier:
    """The one of the settings."""
    connu: Portier = import_string(settings.API_PORTIER)
    return connu


class CleDApi:
    """Ninja's authentication of one operation: everything that is asked before its body is read."""

    openapi_type = "http"
    openapi_security_schema: Mapping[str, str] = {
        "type": "http",
        "scheme": "bearer",
        "description": "Clé de la convention : « sne_prod_… » ou « sne_ecole_… ».",
    }

    def __init__(self, regles: Regles) -> None:
        self.regles = regles

    def __call__(self, request: HttpRequest) -> Appel:
        """The call. Raises ``ErreurApi``: 400, 401, 403, 413 or 429."""
        if not self.regles.fichier:
            exiger_court(request)
        le, agent_du_service = horloge.maintenant(), portier()
        appelant = agent_du_service.reconnaitre(_cle(request), le=le)
        if appelant is None:
            raise refuser(
                HTTPStatus.UNAUTHORIZED,
                "CLE_REFUSEE",
                "Cette clé n’ouvre rien ici. Vérifiez la clé, son environnement et sa date de fin.",
                entetes={"WWW-Authenticate": 'Bearer realm="api"'},
            )
        _exiger_portee(appelant, self.regles.portee)
        permis, quota = agent_du_service.compter(appelant, self.regles.groupe, le=le)
        request.quota = quota  # type: ignore[attr-defined]
        if not permis:
            attente = max(1, quota.remise - int(le.timestamp()))
            raise refuser(
                HTTPStatus.TOO_MANY_REQUESTS,
                "QUOTA_ATTEINT",
                "Trop d’appels en peu de temps. Attendez le délai de « Retry-After », puis renvoyez le même message.",
                entetes={"Retry-After": str(attente)},
            )
        acteur = None
        if self.regles.nominative:
            guichet, agent = _guichet(request, appelant), _agent(request)
            correlation = request.correlation  # type: ignore[attr-defined]
            acteur = agent_du_service.acteur(
                appelant, guichet=guichet, agent=agent, correlation=correlation, le=le
            )
        request.acteur = acteur  # type: ignore[attr-defined]
        appel = Appel(appelant, acteur, le, quota)
        request.appel = appel  # type: ignore[attr-defined]
        return appel


def _cle(request: HttpRequest) -> str:
    schema, _, cle = request.headers.get("Authorization", "").partition(" ")
    return cle.strip() if schema.lower() == "bearer" else ""


def _exiger_portee(appelant: Appelant, portee: str) -> None:
    if portee and portee not in appelant.portees:
        raise refuser(
            HTTPStatus.FORBIDDEN,
            "PORTEE_FERMEE",
            f"La portée « {portee} » n’est pas ouverte à cette convention. Demandez-la à son gestionnaire.",
        )


def _guichet(request: HttpRequest, appelant: Appelant) -> str:
    guichet = request.headers.get("SNE-Guichet", "")
    if not GUICHET.fullmatch(guichet):
        raise refuser(
            HTTPStatus.BAD_REQUEST,
            "GUICHET_ABSENT",
            "L’en-tête « SNE-Guichet » manque ou n’est pas un code. Donnez le code du guichet, en cinq signes.",
        )
    if guichet not in appelant.guichets:
        raise refuser(
            HTTPStatus.FORBIDDEN,
            "GUICHET_HORS_CONVENTION",
            "Ce guichet n’est pas de la convention. Choisissez-en un de « /moi », ou faites-le ajouter.",
        )
    return guichet


def _agent(request: HttpRequest) -> str:
    agent = request.headers.get("SNE-Agent", "")
    if not AGENT.fullmatch(agent):
        raise refuser(
            HTTPStatus.BAD_REQUEST,
            "AGENT_ABSENT",
            "L’en-tête « SNE-Agent » manque ou ne convient pas. Donnez le pseudonyme de l’utilisateur : de 1 à 64 "
            "lettres sans accent, chiffres, points ou tirets, et pas une adresse électronique.",
        )
    return agent


type Vue = Callable[..., Any]
