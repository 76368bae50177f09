"""Hiding what must be, and then as little more as keeps it from being deduced. Pure.

Primary: counts of a few households. Secondary: any sum with one hidden cell hides another; then, as long as a reader
can know a hidden cell within less than ``etendue_min``, the smallest cell of its sums is hidden too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sne.infocentre.ouvert.rules.programme import Intervalle, systemes, trop_etroites
from sne.infocentre.ouvert.rules.tables import Case, Relation, Table


@dataclass(frozen=True, slots=True)
class Masque:
    """What is hidden, and why: the second set only protects the first."""

    primaires: frozenset[Case]
    secondaires: frozenset[Case]

    @property
    def cachees(self) -> frozenset[Case]:
        return self.primaires | self.secondaires


def primaires(
    valeurs: Mapping[Case, int], *, seuil: int, deja: Collection[Case] = (), relache: int = 0
) -> frozenset[Case]:
    """Cells of one household or more, under ``seuil``; and those hidden last year that are not above ``relache`` yet: a
    mask that comes and goes would tell who came.
    """
    return frozenset(
        case for case, n in valeurs.items() if 0 < n < seuil or (case in deja and 0 < n <= relache)
    )


def proteger(table: Table, a_cacher: Collection[Case], *, etendue_min: int) -> Masque:
    """The mask of a table: what must be hidden, and what protects it."""
    cachees, larges = set(a_cacher), set[Case]()
    de_la_case = _par_case(table.relations)
    while True:
        _fermer(cachees, table, de_la_case)
        a_ajouter = set[Case]()
        for systeme in systemes(table.valeurs, cachees, table.relations):
            etroites = trop_etroites(systeme, table.valeurs, etendue_min=etendue_min, deja=larges)
            larges |= set(systeme.cases) - set(etroites)
            for case in etroites:
                a_ajouter |= _voisines(case, systeme.cases, cachees, table, de_la_case)
        if not a_ajouter:
            premieres = frozenset(a_cacher)
            return Masque(premieres, frozenset(cachees) - premieres)
        cachees |= a_ajouter


def _fermer(cachees: set[Case], table: Table, de_la_case: Mapping[Case, Sequence[Relation]]) -> None:
    """Any sum with exactly one hidden cell hides its smallest other cell above zero."""
    a_voir = [r for case in cachees for r in de_la_case[case]]
    while a_voir:
        relation = a_voir.pop()
        if sum(case in cachees for case in relation.cases) != 1:
            continue
        ajoutee = _plus_petite([relation], cachees, table.valeurs)
        cachees |= ajoutee
        a_voir += [r for case in ajoutee for r in de_la_case[case]]


def _voisines(
    case: Case,
    groupe: Iterable[Case],
    cachees: Collection[Case],
    table: Table,
    de_la_case: Mapping[Case, Sequence[Relation]],
) -> set[Case]:
    """What to hide for a cell that is known too well: the smallest of its own sums, else of those of its group."""
    siennes = {c for r in de_la_case[case] for c in _plus_petite([r], cachees, table.valeurs)}
    if siennes:
        return siennes
    return _plus_petite([r for c in groupe for r in de_la_case[c]], cachees, table.valeurs)


def _plus_petite(
    relations: Iterable[Relation], cachees: Collection[Case], valeurs: Mapping[Case, int]
) -> set[Case]:
    """The smallest published cell above zero of these sums, if there is one."""
    candidates = {c for r in relations for c in r.cases if c not in cachees and valeurs[c]}
    return {min(candidates, key=lambda c: (valeurs[c], c))} if candidates else set()


def _par_case(relations: Iterable[Relation]) -> Mapping[Case, Sequence[Relation]]:
    trouvees: defaultdict[Case, list[Relation]] = defaultdict(list)
    for relation in relations:
        for case in relation.cases:
            trouvees[case].append(relation)
    return trouvees


@dataclass(frozen=True, slots=True)
class Constat:
    """A hidden cell that the published figures give away, or nearly."""

    case: Case
    intervalle: Intervalle


def auditer(
    editions: Sequence[Mapping[Case, int | None]], relations: Sequence[Relation], *, etendue_min: int
) -> tuple[Constat, ...]:
    """Attack what is published, knowing nothing else: cells that can be known within less than ``etendue_min``.

    ``editions``: each cell with its figure, or ``None`` where it is hidden; what one edition of the same figures shows
    is known in all of them. ``relations``: every sum that a reader can make, those of another geography too.
    """
    connues = {case: n for edition in editions for case, n in edition.items() if n is not None}
    cachees = {case for edition in editions for case in edition} - set(connues)
    constats = []
    for case in sorted({c for edition in editions for c, n in edition.items() if n is None} - cachees):
        constats.append(Constat(case, Intervalle(connues[case], connues[case])))
    for systeme in systemes(connues, cachees, relations):
        for case, intervalle in trop_etroites(systeme, None, etendue_min=etendue_min).items():
            constats.append(Constat(case, intervalle))
    return tuple(sorted(constats, key=lambda c: c.case))
