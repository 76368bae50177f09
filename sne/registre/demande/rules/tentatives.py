"""Acts whose refusals are kept: statistics count who tried what, and why it was refused. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

SAISIE = "saisie"
"""Fact of an attempt that a field to be corrected refused: it is kept and counted, and is no line of the history."""


class ActeSuivi(StrEnum):
    """An act whose refused attempts stay on record."""

    CONSIGNER_EVENEMENT = "CONSIGNER_EVENEMENT"
    CONSIGNER_DECISION = "CONSIGNER_DECISION"
    CONSIGNER_ATTRIBUTION = "CONSIGNER_ATTRIBUTION"
    CONSIGNER_DALO = "CONSIGNER_DALO"
    RETIRER_FAIT = "RETIRER_FAIT"
    RADIER = "RADIER"
    RADIER_ATTRIBUTION = "RADIER_ATTRIBUTION"
    SEPARER = "SEPARER"
    DEMANDER_ANNULATION = "DEMANDER_ANNULATION"
    ANNULER = "ANNULER"
    RETABLIR = "RETABLIR"


LIBELLES_ACTE: Mapping[ActeSuivi, str] = MappingProxyType(
    {
        ActeSuivi.CONSIGNER_EVENEMENT: "consigner un événement",
        ActeSuivi.CONSIGNER_DECISION: "consigner une décision de la commission",
        ActeSuivi.CONSIGNER_ATTRIBUTION: "consigner une attribution",
        ActeSuivi.RETIRER_FAIT: "retirer un fait consigné par erreur",
        ActeSuivi.RADIER: "radier une demande",
        ActeSuivi.RADIER_ATTRIBUTION: "radier une demande pour attribution",
        ActeSuivi.SEPARER: "enregistrer le départ d’un adulte du foyer",
        ActeSuivi.DEMANDER_ANNULATION: "demander l’annulation d’un double",
        ActeSuivi.ANNULER: "annuler un enregistrement en double",
        ActeSuivi.RETABLIR: "rétablir une demande annulée",
    }
)
"""What was tried, in the words of the history.

DALO facts are not named, because every reader of the file would learn of them.
"""


def nommer_refus(refus: str, acte: str) -> str:
    """« Acte refusé : consigner une attribution »; ``refus`` alone for an act that is not named."""
    libelle = LIBELLES_ACTE.get(ActeSuivi(acte)) if acte in set(ActeSuivi) else None
    return f"{refus}\u00a0: {libelle}" if libelle else refus
