"""What asking a service gives: an answer, or why there is none. Two types that nobody can take for each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Service(StrEnum):
    """The services of the State that are asked."""

    BAN = "BAN"
    ENTREPRISES = "ENTREPRISES"
    DRM = "DRM"


NOMS: Mapping[Service, str] = {
    Service.BAN: "Base adresse nationale",
    Service.ENTREPRISES: "Recherche d’entreprises",
    Service.DRM: "Ressources mensuelles",
}


class Souple(BaseModel):
    """A part of an answer: what we read of it is strict, the rest is let be."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Canal(StrEnum):
    """Who is helped: each may do without a service, as a dated parameter says."""

    GUICHET = "guichet"
    PORTAIL = "portail"
    INTERFACE = "interface"
    NUIT = "nuit"


class Motif(StrEnum):
    """Why there is no answer. « Nothing found » is an answer."""

    ETEINT = "ETEINT"  # not configured, or switched off here by a parameter: nothing is wrong
    LENT = "LENT"
    INDISPONIBLE = "INDISPONIBLE"
    ILLISIBLE = "ILLISIBLE"  # it answered something else than what it promises
    REFUSE = "REFUSE"  # it does not want this question, or does not know us
    TROP = "TROP"  # it is asked too much, or by too many of us at once


DIT: Mapping[Motif, str] = {
    Motif.ETEINT: "Cette aide n’est pas proposée ici. Continuez à la main.",
    Motif.LENT: "Le service met trop de temps à répondre. Continuez à la main\u00a0: rien n’est perdu.",
    Motif.INDISPONIBLE: "Le service ne répond pas. Continuez à la main\u00a0: rien n’est perdu.",
    Motif.ILLISIBLE: "La réponse du service n’a pas pu être lue. Continuez à la main\u00a0: rien n’est perdu.",
    Motif.REFUSE: "Le service n’a pas accepté cette recherche. Continuez à la main\u00a0: rien n’est perdu.",
    Motif.TROP: "Le service est trop demandé en ce moment. Continuez à la main\u00a0: rien n’est perdu.",
}


@dataclass(frozen=True, slots=True)
class Pour:
    """Where and through which channel the help is for: three signs of a territory, a channel."""

    territoire: str
    canal: Canal


@dataclass(frozen=True, slots=True)
class Reponse[T]:
    """The service answered this, then (aware)."""

    valeur: T
    le: datetime


@dataclass(frozen=True, slots=True)
class SansReponse:
    """It did not, and nothing may be concluded of it."""

    motif: Motif

    @property
    def phrase(self) -> str:
        """What a screen says of it."""
        return DIT[self.motif]


type Resultat[T] = Reponse[T] | SansReponse
