"""Which measures are behind a figure: those to add, those to take away, and whether anything can be opened. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sne.infocentre.rapports.rules.formules import Definition, Operation

SANS_DOSSIERS = frozenset({"LOCATIONS_RPLS", "ATTRIBUTIONS_REJETEES"})
"""Measures with no demande behind them, or attempts that changed none."""
SOMMES = {"ATTRIBUTIONS_DELAI_JOURS": "ATTRIBUTIONS"}
"""A sum of days has behind it the cases that were summed."""


@dataclass(frozen=True, slots=True)
class Derriere:
    """Measures whose demandes are behind a figure, and those whose demandes are not."""

    avec: tuple[str, ...]
    sans: tuple[str, ...] = ()

    @property
    def mesures(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.avec, *self.sans))


def derriere(definition: Definition, lectures: Mapping[str, str]) -> Derriere | None:
    """What is behind the numerator of an indicator; ``None`` when there is no demande to open: a text, a figure that
    RPLS gives, a balance of several flows.
    """
    if definition.operation in (Operation.TEXTE, Operation.DIFFERENCE):
        return None
    termes = definition.retenu(lectures)
    lus = Derriere(_mesures(t for t in termes if not t.startswith("-")), _mesures(_otees(termes)))
    return None if lus.mesures & SANS_DOSSIERS else lus


def _otees(termes: Sequence[str]) -> list[str]:
    return [t[1:] for t in termes if t.startswith("-")]


def _mesures(termes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(SOMMES.get(t, t) for t in termes))
