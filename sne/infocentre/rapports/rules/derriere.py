"""Which measures are behind a figure: those to add, those to take away, and whether anything can be opened. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sne.infocentre.rapports.rules.formules import Definition, Operation
from sne.infocentre.rapports.rules.grains import HORS_DU_LAC
from sne.infocentre.rapports.rules.termes import DELAI, Terme, lire_terme

SANS_DOSSIERS = HORS_DU_LAC | {"ATTRIBUTIONS_REJETEES"}
"""Measures with no demande behind them, or attempts that changed none."""
SANS_DETAIL = frozenset(
    {Operation.TEXTE, Operation.DIFFERENCE, Operation.INDICE, Operation.MEDIANE, Operation.DECILE_9}
)
"""A word, a balance of several flows, a figure that no number of demandes makes."""
SOMMES = {"ATTRIBUTIONS_DELAI_JOURS": "ATTRIBUTIONS"}
"""A sum of days has behind it the cases that were summed."""


@dataclass(frozen=True, slots=True)
class Derriere:
    """Terms whose demandes are behind a figure, and those whose demandes are not."""

    avec: tuple[Terme, ...]
    sans: tuple[Terme, ...] = ()

    @property
    def mesures(self) -> frozenset[str]:
        """All their measures."""
        return frozenset(terme.mesure for terme in (*self.avec, *self.sans))


def derriere(definition: Definition, lectures: Mapping[str, str]) -> Derriere | None:
    """What is behind the numerator of an indicator; ``None`` when there is no demande to open: a text, a figure that
    RPLS gives, a balance of several flows, a median, cases past a value that each département sets, what two moments
    differ by.
    """
    if definition.operation in SANS_DETAIL:
        return None
    termes = [lire_terme(texte) for texte in definition.retenu(lectures)]
    if any(t.seuil == DELAI for t in termes) or len({t.fenetre for t in termes}) > 1:
        return None
    lus = Derriere(_cas(t for t in termes if not t.ote), _cas(t for t in termes if t.ote))
    return None if lus.mesures & SANS_DOSSIERS else lus


def _cas(termes: Iterable[Terme]) -> tuple[Terme, ...]:
    return tuple(dict.fromkeys(Terme(SOMMES.get(t.mesure, t.mesure), t.fenetre, t.seuil) for t in termes))
