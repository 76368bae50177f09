"""Where the lines of each list are: tables, conditions and the two columns of its order, those of an index."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sne.referentiels.rules import Parametres
from sne.registre.rules.cycle_de_vie import Statut
from sne.registre.rules.listes import CodeListe, Filtre
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Source:
    """One list in SQL. ``d`` is the demande; ``cle``, of SQL type ``type_cle``, then ``rang`` are the order.

    Each of ``branches`` is a set of values of the columns before the key in the index: they are read one by one, then
    put together, so that each is read in order. ``guichet``: the column that a counter's lines are found by.
    """

    tables: str
    cle: str
    rang: str
    type_cle: str
    branches: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    guichet: str = "d.guichet_gestionnaire"
    parametres: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contexte:
    """What a list depends on besides the filter: who asks, the day, its parameters."""

    acteur: Acteur
    filtre: Filtre
    le: date
    parametres: Parametres


def echeance(contexte: Contexte) -> Source:
    """Active files whose validity ends within some weeks, and expired ones that the clock has not struck off yet."""
    return Source(
        tables="demande d",
        cle="d.date_expiration",
        rang="d.id",
        type_cle="date",
        branches=_par_statut(contexte.filtre, (Statut.ACTIVE, Statut.EXPIREE)),
        conditions=("d.territoire = %(territoire)s::text", "d.date_expiration <= %(horizon)s::date"),
        parametres={"horizon": contexte.le + timedelta(days=contexte.parametres.liste_echeance_jours)},
    )


def _par_statut(filtre: Filtre, statuts: tuple[Statut, ...]) -> tuple[str, ...]:
    return tuple(f"d.statut = '{s}'" for s in statuts if filtre.etat in ("", s))


SOURCES: Mapping[CodeListe, Callable[[Contexte], Source]] = {
    CodeListe.ECHEANCE: echeance,
}
