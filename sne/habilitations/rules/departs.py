"""Why somebody leaves, and what a departure needs to be said. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

PRECISION_MAX = 200  # signs


class MotifDepart(StrEnum):
    """Why a person leaves the places that they served."""

    FIN_DE_CONTRAT = "FIN_DE_CONTRAT"
    MUTATION = "MUTATION"
    RETRAITE = "RETRAITE"
    AUTRE = "AUTRE"


MOTIFS_DEPART: Mapping[MotifDepart, str] = {
    MotifDepart.FIN_DE_CONTRAT: "Fin de contrat",
    MotifDepart.MUTATION: "Changement de poste",
    MotifDepart.RETRAITE: "Retraite",
    MotifDepart.AUTRE: "Autre raison",
}


def refus_du_depart(
    *,
    motif: MotifDepart,
    precision: str,
    effet: date,
    le: date,
    a_confier: bool,
    reprenable: bool,
    confie: bool,
) -> tuple[str, str] | None:
    """Field and French sentence of what is missing; ``None`` when nothing is.

    ``a_confier``: the person holds things that nobody can go on with; ``reprenable``: somebody there could take them;
    ``confie``: somebody was named.
    """
    if effet < le:
        return "effet", "Premier jour sans accès : il est passé. Indiquez aujourd’hui ou un jour à venir."
    if motif is MotifDepart.AUTRE and not precision:
        return "precision", "Précision : dites en quelques mots pourquoi cette personne part."
    if len(precision) > PRECISION_MAX:
        return "precision", f"Précision : {PRECISION_MAX} signes au plus. Raccourcissez-la."
    if a_confier and reprenable and not confie:
        return (
            "successeur",
            "À qui confier : cette personne a du travail en cours. Choisissez qui le reprend.",
        )
    return None
