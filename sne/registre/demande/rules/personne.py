"""What is known of an e-mail address: nothing yet, that it answers, or that it refuses. Never a condition to file."""

from collections.abc import Mapping
from enum import StrEnum


class IssueIdentite(StrEnum):
    """How a pending change ends."""

    VALIDEE = "VALIDEE"
    REFUSEE = "REFUSEE"
    ANNULEE = "ANNULEE"
    EXPIREE = "EXPIREE"


class MotifRefusIdentite(StrEnum):
    """Why a change is refused."""

    PIECE_ABSENTE = "PJ_ABSENTE"
    PIECE_NON_PROBANTE = "PJ_NON_PROBANTE"
    IDENTITE_DIFFERENTE = "IDENTITE_DIFFERENTE"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    DOUBLON = "DOUBLON"
    AUTRE = "AUTRE"


class EtatCourriel(StrEnum):
    """State of the e-mail address of a person; a new address starts again from the first one."""

    NON_VERIFIEE = "NON_VERIFIEE"
    VERIFIEE = "VERIFIEE"
    INVALIDE = "INVALIDE"


LIBELLES_ETAT_COURRIEL: Mapping[EtatCourriel, str] = {
    EtatCourriel.NON_VERIFIEE: "Non vérifiée",
    EtatCourriel.VERIFIEE: "Vérifiée",
    EtatCourriel.INVALIDE: "Refuse les messages",
}
