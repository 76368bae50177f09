"""Which columns are asked of a file of the replay, and the refusal of a file that does not have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SEPARATEUR_DE_LISTE = ";"

Ligne = tuple[int, Sequence[Any]]
"""Number of the line (of the row, in Parquet), and the values asked for; ``None`` when there is none."""


class FichierInvalide(ValueError):
    """A file that cannot be replayed; ``str(exc)`` is a French sentence that names file, line and column."""


@dataclass(frozen=True, slots=True)
class Demandees:
    """Columns that have to be there, then those that may be."""

    obligatoires: tuple[str, ...]
    facultatives: tuple[str, ...]

    @property
    def toutes(self) -> tuple[str, ...]:
        return (*self.obligatoires, *self.facultatives)

    def rangs(self, colonnes: Sequence[str], *, lieu: str) -> list[int | None]:
        """Where each column is among ``colonnes``, ``None`` when it may be missing. Raises :class:`FichierInvalide`."""
        for colonne in self.obligatoires:
            if colonne not in colonnes:
                raise FichierInvalide(f"{lieu} : il manque la colonne « {colonne} ».")
        for colonne in self.toutes:
            if colonnes.count(colonne) > 1:
                raise FichierInvalide(f"{lieu} : la colonne « {colonne} » est là deux fois.")
        return [colonnes.index(colonne) if colonne in colonnes else None for colonne in self.toutes]
