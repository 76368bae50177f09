"""Closing a case of the follow-up: with which reason, by whom, and what opens it again. Pure."""

import uuid
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.socle.erreurs import Interdit


class MotifClassement(StrEnum):
    """Why a file or a counter needs no more looking at; all but the last are the known honest reasons."""

    ETAT_CIVIL_RECONSTITUE = "ETAT_CIVIL_RECONSTITUE"
    TRANSFERT_DECES = "TRANSFERT_DECES"
    TRANSFERT_SEPARATION = "TRANSFERT_SEPARATION"
    DOUBLON_FUSIONNE = "DOUBLON_FUSIONNE"
    CORRECTION_HONNETE = "CORRECTION_HONNETE"
    ERREUR_SAISIE = "ERREUR_SAISIE"
    CONFIRME = "CONFIRME"


MOTIFS: Mapping[MotifClassement, str] = MappingProxyType(
    {
        MotifClassement.ETAT_CIVIL_RECONSTITUE: "État civil reconstitué",
        MotifClassement.TRANSFERT_DECES: "Transfert après un décès",
        MotifClassement.TRANSFERT_SEPARATION: "Transfert après une séparation",
        MotifClassement.DOUBLON_FUSIONNE: "Demandes en double réunies",
        MotifClassement.CORRECTION_HONNETE: "Correction justifiée par une pièce",
        MotifClassement.ERREUR_SAISIE: "Erreur de saisie",
        MotifClassement.CONFIRME: "Confirmé\u00a0: une enquête s’en occupe",
    }
)
CONCERNE = "Vous avez saisi l’un des actes regardés. Une autre personne doit le classer."
DEJA = "Ce cas est déjà classé. Rechargez la page pour lire le motif."
DEPUIS = "Un autre acte est arrivé depuis que vous avez ouvert cette page. Relisez-le, puis classez."


def lire_motif(motif: str) -> MotifClassement:
    """The reason, as it may be kept. Raises ``Interdit`` on ``motif``."""
    if motif not in set(MotifClassement):
        raise Interdit("Choisissez le motif dans la liste.", champ="motif")
    return MotifClassement(motif)


def exiger_vu(vu: object, dernier: object) -> None:
    """What is closed is what was read. Raises ``Interdit`` when something came since."""
    if vu != dernier:
        raise Interdit(DEPUIS)


def est_classe(
    *, operation_vue: uuid.UUID | None, operation: uuid.UUID | None, observes_vus: int, observes: int
) -> bool:
    """Whether a counter that was closed stays so: no risky act, and no more changes, than when it was."""
    return operation == operation_vue and observes <= observes_vus
