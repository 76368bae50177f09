"""Three lists side by side: which rows are the same, and in which order a merged list puts them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sne.registre.contenu.rules.arbre.difference import meme_cle, rapprocher
from sne.registre.modification.rules.fusion.regles import RegleDeListe


class Origine(StrEnum):
    """The list where a row is first seen."""

    BASE = "b"
    DOSSIER = "d"
    SAISIE = "s"


type Jeton = tuple[Origine, int]
"""One row, whatever its rank in each list: the list where it is first seen, and its rank there."""


@dataclass(frozen=True, slots=True)
class Reperage:
    """The rows of each list, in its order."""

    base: tuple[Jeton, ...]
    dossier: tuple[Jeton, ...]
    saisie: tuple[Jeton, ...]


def reperer(
    base: Sequence[Any], dossier: Sequence[Any], saisie: Sequence[Any], regle: RegleDeListe
) -> Reperage:
    """Name the rows of three lists. A row added on both sides is one row when both say the same one."""
    par = regle.rapprochement
    du_dossier, de_la_saisie = rapprocher(base, dossier, par), rapprocher(base, saisie, par)
    nouveaux = [rang for rang in range(len(dossier)) if rang not in du_dossier]
    jetons_saisie: list[Jeton] = []
    for rang, element in enumerate(saisie):
        meme = next((n for n in nouveaux if _meme_ajout(regle, dossier[n], element)), None)
        if rang in de_la_saisie:
            jetons_saisie.append((Origine.BASE, de_la_saisie[rang]))
        elif meme is not None:
            nouveaux.remove(meme)
            jetons_saisie.append((Origine.DOSSIER, meme))
        else:
            jetons_saisie.append((Origine.SAISIE, rang))
    return Reperage(
        base=tuple((Origine.BASE, rang) for rang in range(len(base))),
        dossier=tuple(
            (Origine.BASE, du_dossier[rang]) if rang in du_dossier else (Origine.DOSSIER, rang)
            for rang in range(len(dossier))
        ),
        saisie=tuple(jetons_saisie),
    )


def _meme_ajout(regle: RegleDeListe, un: Any, autre: Any) -> bool:
    return un == autre or meme_cle(regle.rapprochement, un, autre) or regle.meme_ajout(un, autre)


def ordres(reperage: Reperage, gardes: Collection[Jeton]) -> tuple[list[Jeton], list[Jeton]]:
    """The rows kept, in two orders: that of the file, then that of the entry. They differ only when both sides moved
    rows; a side that moved nothing takes the order of the other. A row that only one side has is placed after the rows
    that it followed on that side.
    """
    communs = set(reperage.base) & set(reperage.dossier) & set(reperage.saisie)
    base, dossier, saisie = (
        [jeton for jeton in liste if jeton in communs]
        for liste in (reperage.base, reperage.dossier, reperage.saisie)
    )
    selon_dossier = _entrelacer(reperage.dossier, reperage.saisie, gardes)
    selon_saisie = _entrelacer(reperage.saisie, reperage.dossier, gardes)
    if saisie in (base, dossier):
        return selon_dossier, selon_dossier
    return (selon_saisie if dossier == base else selon_dossier), selon_saisie


def _entrelacer(
    premiere: Sequence[Jeton], seconde: Sequence[Jeton], gardes: Collection[Jeton]
) -> list[Jeton]:
    """The first list, with the rows that only the second has, each after all those it follows there."""
    resultat = [jeton for jeton in premiere if jeton in gardes]
    connus = set(seconde)
    place = 0
    for jeton in seconde:
        if jeton in resultat:
            place = max(place, resultat.index(jeton) + 1)
        elif jeton in gardes:
            while place < len(resultat) and resultat[place] not in connus:
                place += 1
            resultat.insert(place, jeton)
            place += 1
    return resultat
