"""A trial: its phases, what one may take part in, what may become of a request to take part. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sne.socle.erreurs import Interdit

MOTIF_MAX = 300
FORMULAIRE = "participer-outil"
"""Code of the form by which volunteers ask to take part."""
SANS_MOTIF = "Dites pourquoi, en une phrase\u00a0: la personne la lira."
COMPLET = "Toutes les places sont prises. Mettez cette candidature en liste d’attente."
COMMENCEE = "Cette phase a commencé\u00a0: ce qui en était attendu ne change plus."


class Phase(StrEnum):
    """Phases of a trial, in their order."""

    CADRAGE = "CADRAGE"
    SOURCING = "SOURCING"
    POC = "POC"
    CHOIX = "CHOIX"
    PILOTE = "PILOTE"
    GENERAL = "GENERAL"


PHASES: Mapping[Phase, str] = {
    Phase.CADRAGE: "Cadrage",
    Phase.SOURCING: "Recherche d’outils",
    Phase.POC: "Essai",
    Phase.CHOIX: "Choix",
    Phase.PILOTE: "Pilote",
    Phase.GENERAL: "Généralisation",
}


class Part(StrEnum):
    """What one takes part in."""

    ATELIERS = "ATELIERS"
    POC = "POC"
    RECETTE = "RECETTE"


class EtatCandidature(StrEnum):
    """What became of a request to take part."""

    DEPOSEE = "DEPOSEE"
    RETENUE = "RETENUE"
    LISTE_D_ATTENTE = "LISTE_D_ATTENTE"
    DECLINEE = "DECLINEE"
    RETIREE = "RETIREE"


ETATS: Mapping[EtatCandidature, str] = {
    EtatCandidature.DEPOSEE: "Reçue",
    EtatCandidature.RETENUE: "Retenue",
    EtatCandidature.LISTE_D_ATTENTE: "En liste d’attente",
    EtatCandidature.DECLINEE: "Non retenue",
    EtatCandidature.RETIREE: "Retirée par la personne",
}
DECIDABLES = frozenset({EtatCandidature.DEPOSEE, EtatCandidature.LISTE_D_ATTENTE, EtatCandidature.RETENUE})
DECISIONS = (EtatCandidature.RETENUE, EtatCandidature.LISTE_D_ATTENTE, EtatCandidature.DECLINEE)
MESURES: tuple[tuple[Phase, str, str], ...] = (
    (Phase.PILOTE, "Questions répondues en deux jours ouvrés", "la moitié au moins"),
    (Phase.PILOTE, "Membres venus deux fois", "80\u00a0% au moins"),
    (Phase.PILOTE, "Temps médian pour trouver un document, sur cinq tâches", "60 secondes au plus"),
    (Phase.PILOTE, "Fuites constatées", "aucune"),
)
"""What the product proposes to expect of a pilot."""


def lire_parts(reponses: Mapping[str, Any]) -> Collection[Part]:
    """What the form says that one takes part in."""
    return [Part(code) for code in reponses["parts"]]


def exiger_phases(phases: Collection[tuple[Phase, datetime, datetime]]) -> None:
    """Raises ``Interdit`` on the field of a phase: none, or one that ends before it begins."""
    if not phases:
        raise Interdit("Datez au moins une phase.", champ=f"du_{Phase.CADRAGE}")
    for phase, du, au in phases:
        if au <= du:
            raise Interdit(
                "La phase finit après son début\u00a0: changez l’une des deux dates.", champ=f"au_{phase}"
            )


def exiger_ouverte(clos_le: datetime | None) -> None:
    """Raises ``Interdit``: the trial is closed."""
    if clos_le is not None:
        raise Interdit("Cet essai est clos.")


def exiger_avant(debut: datetime, *, le: datetime) -> None:
    """Raises ``Interdit`` on ``attendu``: the phase has begun."""
    if le >= debut:
        raise Interdit(COMMENCEE, champ="attendu")


def exiger_decision(de: EtatCandidature, vers: EtatCandidature, *, motif: str, reste: int) -> None:
    """Whether a request may be answered so. Raises ``Interdit``."""
    if de not in DECIDABLES or vers not in DECISIONS:
        raise Interdit("Cette candidature a été retirée ou décidée.")
    if vers is EtatCandidature.DECLINEE and not motif:
        raise Interdit(SANS_MOTIF, champ="motif")
    if vers is EtatCandidature.RETENUE and de is not vers and reste < 1:
        raise Interdit(COMPLET)
