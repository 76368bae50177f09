"""What a reader can deduce of hidden cells: the least and the most each may be, by linear programming (HiGHS). Pure.

A reader knows every published cell, every sum, that a hidden cell is at least one (a zero is published), and nothing
else: the file does not say why a cell is hidden, since « hidden for itself » would tell that it is small.

NumPy and SciPy take 60 MB and more than a second: only the process that computes an edition loads them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sne.infocentre.ouvert.rules.tables import Case, Relation

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

SANS_BORNE = 3  # linprog's status
RESOLU = 0


@dataclass(frozen=True, slots=True)
class Intervalle:
    """What a reader knows of a hidden cell, bounds included. ``haut`` is ``None`` when nothing bounds it."""

    bas: int
    haut: int | None

    @property
    def etendue(self) -> float:
        """How many more values than one it may have."""
        return float("inf") if self.haut is None else self.haut - self.bas


@dataclass(frozen=True, slots=True)
class Systeme:
    """Hidden cells that sums tie together, and these sums: ``a`` times the cells equals ``b``."""

    cases: tuple[Case, ...]
    a: "csr_array"
    b: "np.ndarray[tuple[int], np.dtype[np.float64]]"


def systemes(
    connues: Mapping[Case, int], cachees: Collection[Case], relations: Sequence[Relation]
) -> list[Systeme]:
    """The hidden cells, cut into groups that say nothing of one another."""
    utiles = [r for r in relations if any(c in cachees for c in r.cases)]
    groupes = _grouper(cachees, utiles)
    par_groupe: defaultdict[Case, list[Relation]] = defaultdict(list)
    for relation in utiles:
        par_groupe[groupes[next(c for c in relation.cases if c in cachees)]].append(relation)
    membres: defaultdict[Case, list[Case]] = defaultdict(list)
    for case in sorted(cachees):
        membres[groupes[case]].append(case)
    return [_systeme(cases, par_groupe[tete], connues) for tete, cases in membres.items()]


def trop_etroites(
    systeme: Systeme, temoin: Mapping[Case, int] | None, *, etendue_min: int, deja: Collection[Case] = ()
) -> dict[Case, Intervalle]:
    """Cells of a group that a reader knows within less than ``etendue_min``, with what they know.

    ``temoin``: the true values, when they are known, spare work; ``deja``: cells that are known to be wide enough.
    Every solution met is a table that a reader cannot rule out: a cell that two of them put far enough apart is not
    asked about again.
    """
    import numpy as np  # noqa: PLC0415

    bas = np.full(len(systeme.cases), np.inf)
    haut = np.full(len(systeme.cases), -np.inf)
    if temoin is not None:
        bas = haut = np.array([float(temoin[c]) for c in systeme.cases])
    trouvees: dict[Case, Intervalle] = {}
    for rang, case in enumerate(systeme.cases):
        if case in deja or haut[rang] - bas[rang] >= etendue_min:
            continue
        bornes = []
        for sens in (1.0, -1.0):
            valeur, solution = _extreme(systeme, rang, sens)
            bornes.append(valeur)
            if solution is not None:
                bas, haut = np.minimum(bas, solution), np.maximum(haut, solution)
        intervalle = Intervalle(round(bornes[0] or 0), None if bornes[1] is None else round(bornes[1]))
        if intervalle.etendue < etendue_min:
            trouvees[case] = intervalle
    return trouvees


def _extreme(
    systeme: Systeme, rang: int, sens: float
) -> "tuple[float | None, np.ndarray[tuple[int], np.dtype[np.float64]] | None]":
    """The least (``sens`` 1) or the most (-1) of one cell, and the table that has it; ``None`` where nothing bounds it.

    Raises ``ValueError`` when no table at all fits what is published: sums that do not add up.
    """
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import linprog  # noqa: PLC0415

    but = np.zeros(len(systeme.cases))
    but[rang] = sens
    fait = linprog(but, A_eq=systeme.a, b_eq=systeme.b, bounds=(1, None), method="highs")
    if fait.status == SANS_BORNE:
        return None, None
    if fait.status != RESOLU:
        raise ValueError("no table fits what is published")
    return float(fait.x[rang]), fait.x


def _systeme(cases: Sequence[Case], relations: Sequence[Relation], connues: Mapping[Case, int]) -> Systeme:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    rangs = {case: rang for rang, case in enumerate(cases)}
    lignes, colonnes, poids, b = [], [], [], []
    for rang, relation in enumerate(relations):
        constante = 0
        for case, signe in ((relation.total, 1), *((p, -1) for p in relation.parties)):
            if case in rangs:
                lignes.append(rang)
                colonnes.append(rangs[case])
                poids.append(float(signe))
            else:
                constante -= signe * connues[case]
        b.append(float(constante))
    a = csr_array((poids, (lignes, colonnes)), shape=(len(relations), len(cases)))
    return Systeme(tuple(cases), a, np.array(b))


def _grouper(cachees: Collection[Case], relations: Sequence[Relation]) -> dict[Case, Case]:
    """Each hidden cell → the head of its group: two cells of one sum are of one group."""
    tetes = {case: case for case in cachees}

    def tete(case: Case) -> Case:
        while tetes[case] != case:
            tetes[case] = tetes[tetes[case]]
            case = tetes[case]
        return case

    for relation in relations:
        premiere, *autres = [c for c in relation.cases if c in tetes]
        for autre in autres:
            tetes[tete(autre)] = tete(premiere)
    return {case: tete(case) for case in cachees}
