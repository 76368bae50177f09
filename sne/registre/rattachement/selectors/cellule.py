"""Where the demande of a number that somebody typed is looked for."""

from sne.cellules.routage import ANNUAIRE, du_territoire
from sne.registre.demande.rules import numero_unique


def cellule_du_numero(saisi: str) -> str:
    """The cell of its territory; the directory for what is no number."""
    try:
        return du_territoire(numero_unique.lire(saisi).canonique)
    except numero_unique.NumeroInvalide:
        return ANNUAIRE
