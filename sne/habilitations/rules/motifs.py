"""Why a role is taken back. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class MotifRetrait(StrEnum):
    """Why a role is taken back."""

    DEPART = "DEPART"
    MISSION_TERMINEE = "MISSION_TERMINEE"
    REVUE = "REVUE"
    ERREUR = "ERREUR"
    SECURITE = "SECURITE"
    INACTIVITE = "INACTIVITE"


MOTIFS_RETRAIT: Mapping[MotifRetrait, str] = {
    MotifRetrait.DEPART: "Départ de la personne",
    MotifRetrait.MISSION_TERMINEE: "Mission terminée",
    MotifRetrait.REVUE: "Revue des habilitations",
    MotifRetrait.ERREUR: "Accordée par erreur",
    MotifRetrait.SECURITE: "Sécurité",
    MotifRetrait.INACTIVITE: "Sans connexion",
}
MOTIFS_D_UNE_PERSONNE = (MotifRetrait.MISSION_TERMINEE, MotifRetrait.ERREUR, MotifRetrait.SECURITE)
"""What somebody may answer; the other reasons come with the act that has them."""
