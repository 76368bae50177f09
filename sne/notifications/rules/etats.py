"""Channels of a message, what an attempt can give, and the states that follow: a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sne.notifications.parametres import ParametresMessages
from sne.referentiels.rules import Parametres


class Canal(StrEnum):
    """How a message goes."""

    COURRIEL = "COURRIEL"
    SMS = "SMS"
    LETTRE = "LETTRE"


class Etat(StrEnum):
    """Where a message stands."""

    A_ENVOYER = "A_ENVOYER"
    ENVOYE = "ENVOYE"
    DIFFERE = "DIFFERE"
    DELIVRE = "DELIVRE"
    REJETE = "REJETE"


class Issue(StrEnum):
    """What an attempt, or a return, says.

    ``TRAITE``: who prints the letter is done with it, which proves no delivery. ``INDISPONIBLE`` is our own relay or
    provider, never held against the address; ``INCERTAIN`` is an attempt cut between the sending and its record: the
    server may have accepted.
    """

    ACCEPTE = "ACCEPTE"
    TRAITE = "TRAITE"
    DELIVRE = "DELIVRE"
    TEMPORAIRE = "TEMPORAIRE"
    PERMANENT = "PERMANENT"
    INDISPONIBLE = "INDISPONIBLE"
    INCERTAIN = "INCERTAIN"


@dataclass(frozen=True, slots=True)
class Resultat:
    """The outcome of one attempt: SMTP or enhanced code, and a sentence without personal data."""

    issue: Issue
    code: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Limites:
    """Temporary failures that make a permanent one: at least ``echecs`` of them over ``heures`` (dated parameters)."""

    echecs: int
    heures: int

    @classmethod
    def depuis(cls, parametres: Parametres) -> Self:
        """Those of that day."""
        return cls(
            parametres[ParametresMessages].courriel_echecs_temporaires,
            parametres[ParametresMessages].courriel_echecs_heures,
        )


_EN_ATTENTE: Mapping[Issue, Etat] = {
    Issue.ACCEPTE: Etat.ENVOYE,
    Issue.TRAITE: Etat.ENVOYE,
    Issue.DELIVRE: Etat.DELIVRE,  # a webhook may come before our own record
    Issue.TEMPORAIRE: Etat.DIFFERE,
    Issue.PERMANENT: Etat.REJETE,
    Issue.INDISPONIBLE: Etat.DIFFERE,
    Issue.INCERTAIN: Etat.DIFFERE,
}
TRANSITIONS: Mapping[Etat, Mapping[Issue, Etat]] = {
    Etat.A_ENVOYER: _EN_ATTENTE,
    Etat.DIFFERE: _EN_ATTENTE,
    Etat.ENVOYE: {
        Issue.TRAITE: Etat.ENVOYE,
        Issue.DELIVRE: Etat.DELIVRE,
        Issue.TEMPORAIRE: Etat.DIFFERE,
        Issue.PERMANENT: Etat.REJETE,
    },
    Etat.DELIVRE: {Issue.PERMANENT: Etat.REJETE},  # a forwarding mailbox may refuse later
    Etat.REJETE: {},
}
A_ENVOYER = frozenset({Etat.A_ENVOYER, Etat.DIFFERE})
ATTENTES = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)


def suivant(etat: Etat, issue: Issue) -> Etat | None:
    """The state after an outcome; ``None`` when the outcome changes nothing and is not kept."""
    return TRANSITIONS[etat].get(issue)


def attente(essais: int) -> timedelta:
    """How long to wait after that many attempts: later and later, never more than twelve hours."""
    return ATTENTES[min(max(essais, 1), len(ATTENTES)) - 1]


def est_definitif(echecs: Sequence[datetime], limites: Limites) -> bool:
    """Whether temporary failures at these instants, the first one first, amount to a permanent one."""
    if len(echecs) < limites.echecs:
        return False
    return echecs[-1] - echecs[0] >= timedelta(hours=limites.heures)


def met_en_cause_l_adresse(code: str) -> bool:
    """Whether a refusal says something of the address: one for policy (X.7.X, RFC 3463) says something of us."""
    return not code.startswith("5.7")
