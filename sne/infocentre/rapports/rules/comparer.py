"""A table beside another period or place: under each line what it is compared with, and the difference. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sne.infocentre.rapports.rules.cellules import ETATS_CHIFFRES
from sne.infocentre.rapports.tableau import Cellule, Ligne

COMPAREE = "COMPAREE"
"""Kind of a line that is there for what another is compared with."""


def cle_comparee(cle: str) -> str:
    """The key of the line that is compared with the one of this key."""
    return f"{COMPAREE}:{cle}"


def entrelacer(lignes: Iterable[Ligne], en_face: Iterable[Ligne], libelle: str) -> tuple[Ligne, ...]:
    """Each line, then the same line of the other table when it has one, named after what it is."""
    autres = {ligne.cle: ligne for ligne in en_face}
    suite: list[Ligne] = []
    for ligne in lignes:
        suite.append(ligne)
        if autre := autres.get(ligne.cle):
            nom = f"{ligne.libelle}, {libelle}"
            suite.append(replace(autre, cle=cle_comparee(ligne.cle), libelle=nom, niveau=COMPAREE))
    return tuple(suite)


def ecart(cellule: Cellule, autre: Cellule) -> Decimal | int | None:
    """How much more than the other, in the unit of both; ``None`` unless both show a figure."""
    if not {cellule.etat, autre.etat} <= ETATS_CHIFFRES:
        return None
    return (cellule.valeur or 0) - (autre.valeur or 0)
