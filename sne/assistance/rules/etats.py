"""States of a ticket and what may follow each, by whom: one table. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from sne.socle.erreurs import Interdit


class Statut(StrEnum):
    """Where a ticket stands."""

    NOUVEAU = "NOUVEAU"
    EN_COURS = "EN_COURS"
    ATTENTE_DEMANDEUR = "ATTENTE_DEMANDEUR"
    ATTENTE_TIERS = "ATTENTE_TIERS"
    RESOLU = "RESOLU"
    CLOS = "CLOS"


STATUTS: Mapping[str, str] = {
    Statut.NOUVEAU: "Reçue",
    Statut.EN_COURS: "En cours",
    Statut.ATTENTE_DEMANDEUR: "Attend votre réponse",
    Statut.ATTENTE_TIERS: "Attend un tiers",
    Statut.RESOLU: "Résolue",
    Statut.CLOS: "Close",
}
FINIS = frozenset({Statut.RESOLU, Statut.CLOS})
SATISFACTIONS: Mapping[str, str] = {"OUI": "Oui", "EN_PARTIE": "En partie", "NON": "Non"}
"""Answers to the one question that is asked, once, when a ticket is over: « La réponse vous a-t-elle aidé ? »."""
SANS_REPONSE = "Choisissez une réponse."
DEJA_DIT = "Cette question ne se pose qu’une fois, quand la demande est résolue."
EN_PAUSE = frozenset({Statut.ATTENTE_DEMANDEUR, Statut.ATTENTE_TIERS})
"""States in which no clock runs."""


def lire_satisfaction(reponse: str) -> str:
    """Raises ``Interdit`` on ``reponse``."""
    if reponse not in SATISFACTIONS:
        raise Interdit(SANS_REPONSE, champ="reponse")
    return reponse


class Qui(StrEnum):
    """Who makes a ticket change: who asked, who has it, the service itself."""

    AUTEUR = "AUTEUR"
    NIVEAU = "NIVEAU"
    SERVICE = "SERVICE"


_A, _N, _S = Qui.AUTEUR, Qui.NIVEAU, Qui.SERVICE
TRANSITIONS: Mapping[tuple[Statut, Statut], frozenset[Qui]] = {
    (Statut.NOUVEAU, Statut.EN_COURS): frozenset({_N}),
    (Statut.NOUVEAU, Statut.RESOLU): frozenset({_A, _N, _S}),
    (Statut.EN_COURS, Statut.ATTENTE_DEMANDEUR): frozenset({_N}),
    (Statut.EN_COURS, Statut.ATTENTE_TIERS): frozenset({_N}),
    (Statut.EN_COURS, Statut.RESOLU): frozenset({_A, _N, _S}),
    (Statut.EN_COURS, Statut.NOUVEAU): frozenset({_N}),
    (Statut.ATTENTE_DEMANDEUR, Statut.EN_COURS): frozenset({_A, _N}),
    (Statut.ATTENTE_DEMANDEUR, Statut.RESOLU): frozenset({_A, _N, _S}),
    (Statut.ATTENTE_DEMANDEUR, Statut.NOUVEAU): frozenset({_N}),
    (Statut.ATTENTE_TIERS, Statut.EN_COURS): frozenset({_N, _S}),
    (Statut.ATTENTE_TIERS, Statut.RESOLU): frozenset({_A, _N, _S}),
    (Statut.ATTENTE_TIERS, Statut.NOUVEAU): frozenset({_N}),
    (Statut.RESOLU, Statut.EN_COURS): frozenset({_A, _N}),
    (Statut.RESOLU, Statut.CLOS): frozenset({_S}),
    (Statut.CLOS, Statut.EN_COURS): frozenset({_A}),
}
"""From, to → who. « Reçue » again is a hand-over: the next level has to take it."""
PAS_DE_LA = (
    "Cette demande est «\u00a0{de}\u00a0»\u00a0: elle ne peut pas passer à «\u00a0{vers}\u00a0». "
    "Rechargez la page."
)


def permet(de: str, vers: str, qui: Qui) -> bool:
    """Whether this change may be made by them; a state that this version does not know changes into nothing."""
    if de not in set(Statut) or vers not in set(Statut):
        return False
    return qui in TRANSITIONS.get((Statut(de), Statut(vers)), frozenset())


def exiger_transition(de: str, vers: str, qui: Qui) -> None:
    """Raises ``Interdit``."""
    if not permet(de, vers, qui):
        raise Interdit(PAS_DE_LA.format(de=nom_du_statut(de), vers=nom_du_statut(vers)))


def nom_du_statut(statut: str) -> str:
    """As a list shows it; one that this version does not know is shown as it is written, never left out."""
    return STATUTS.get(statut, statut)
