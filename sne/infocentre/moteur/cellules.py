"""What a row of sums is worth in cells, whatever engine gave it."""

from collections.abc import Iterator
from typing import Any

AXE_GUICHET = "GUICHET"


def decouper(lue: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str, int]]:
    """The cells of one row: of a counter, of an axis (both a column for each measure), or of a distribution."""
    territoire, mois = lue.pop("territoire"), f"{lue.pop('mois'):%Y-%m-%d}"
    axe = lue.pop("axe", AXE_GUICHET)
    ligne = lue.pop("ligne") if "ligne" in lue else lue.pop("guichet")
    sommes = {lue["mesure"]: lue["valeur"]} if "mesure" in lue else lue
    for mesure, valeur in sommes.items():
        if valeur:
            yield territoire, axe, ligne, mois, mesure, int(valeur)
