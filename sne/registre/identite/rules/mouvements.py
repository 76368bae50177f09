"""Changes of identity as the recap of a counter counts them: which class, which traits, what became of each. Pure.

« Mouvement » is the managers' own word for a change of birth name or first names that is not a matter of spelling.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from sne.registre.contenu.rules.identite import meme_nom
from sne.registre.controle.rules.decision import Decision
from sne.registre.demande.rules.personne import IssueIdentite


class ClasseNom(StrEnum):
    """How far a birth name changed.

    ``MINEURE``: the rule of that day applied it at once; ``MAJEURE``: the rule held it.
    """

    COSMETIQUE = "COSMETIQUE"
    MINEURE = "MINEURE"
    MAJEURE = "MAJEURE"


class Sort(StrEnum):
    """What became of a change of identity."""

    APPLIQUE = "APPLIQUE"
    EN_ATTENTE = "EN_ATTENTE"
    VALIDE = "VALIDE"
    REFUSE = "REFUSE"
    RETIRE = "RETIRE"
    EXPIRE = "EXPIRE"


ISSUES = {
    IssueIdentite.VALIDEE: Sort.VALIDE,
    IssueIdentite.REFUSEE: Sort.REFUSE,
    IssueIdentite.ANNULEE: Sort.RETIRE,
    IssueIdentite.EXPIREE: Sort.EXPIRE,
}


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One change of identity typed at a counter.

    ``personne``: the person who typed it, whichever of their accounts they used. ``nom``: ``None`` when the birth name
    stays. ``ancienne``: the seniority of its demande reached the limit on that day. ``sans_piece``: no document says
    who the person is. ``delai_minutes``: until it was validated; ``None`` when it was not.
    """

    territoire: str
    guichet: str
    personne: uuid.UUID
    nom: ClasseNom | None
    prenoms: bool
    naissance: bool
    nir: bool
    ancienne: bool
    sans_piece: bool
    sort: Sort
    delai_minutes: int | None


def classer(avant: str, apres: str, decision: Decision) -> ClasseNom | None:
    """The class of a change of birth name, from what the rule decided on its day; ``None`` when it stays.

    A change held for another reason than its name (the contact changed too, a second change in a year) is ``MAJEURE``;
    a spelling of the same name is never more than ``COSMETIQUE``.
    """
    if avant == apres:
        return None
    if meme_nom(avant, apres):
        return ClasseNom.COSMETIQUE
    return ClasseNom.MINEURE if decision is Decision.AUTOMATIQUE else ClasseNom.MAJEURE


def prenoms_changes(avant: str, apres: str) -> bool:
    """Whether first names are others; a spelling of the same ones is no change."""
    return not meme_nom(avant, apres)


def nir_change(avant: bytes | None, apres: bytes | None) -> bool:
    """Whether a number takes the place of another; one filled in where there was none is no change."""
    return avant is not None and avant != apres


def sort_de(issue: str | None, decision: Decision) -> Sort:
    """What became of a change, from the answer that it was given, if any."""
    if issue is not None:
        return ISSUES[IssueIdentite(issue)]
    return Sort.APPLIQUE if decision is Decision.AUTOMATIQUE else Sort.EN_ATTENTE
