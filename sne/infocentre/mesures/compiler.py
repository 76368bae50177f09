"""Make the SQL of each engine from the formulas, as it is committed: ``python -m sne.infocentre.mesures.compiler``.

No filter inside: who runs it hands it the rows of a perimeter, a period, a seal. The same sums in several forms: by
counter, by each axis of the fact, by each value of a distribution (the cells), and by key (the files behind a figure).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.sql.compilers import duckdb, pyspark

from sne.infocentre.mesures.catalogue import EGALE, MESURES, par_fait
from sne.infocentre.mesures.expressions import formule
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import DOSSIER, Forme, chemin
from sne.infocentre.moteur.cellules import AXE_GUICHET

COMPILATEURS: Mapping[str, Any] = {"duckdb": duckdb.compiler, "pyspark": pyspark.compiler}
EN_TETE = (
    "-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.\n"
)


def compiler() -> Iterator[tuple[Path, str]]:
    """Each file, and its text."""
    for dialecte, compilateur in COMPILATEURS.items():
        for fait, forme, expression in _expressions():
            texte = compilateur.to_sqlglot(expression).sql(dialect=compilateur.dialect, pretty=True)
            yield chemin(fait, dialecte, forme), f"{EN_TETE}{texte}\n"


def _expressions() -> Iterator[tuple[str, Forme, Any]]:
    distributions = par_fait(distributions=True)
    for nom, codes in par_fait().items():
        fait, table = FAITS[nom], ibis.table(dict(FAITS[nom].colonnes), name=nom)
        yield nom, Forme.GUICHETS, _agregat(table, codes, [table.territoire, table.guichet, _mois(table)])
        yield (
            nom,
            Forme.DETAIL,
            _agregat(table, (*codes, *distributions.get(nom, ())), [table.cle, table.jour]),
        )
        if fait.axes:
            yield (
                nom,
                Forme.AXES,
                _unir(_agregat(table, codes, _sur(table, *axe)) for axe in fait.axes.items()),
            )
        if nom in distributions:
            axes = {AXE_GUICHET: "guichet", **fait.axes}
            yield (
                nom,
                Forme.DISTRIBUTIONS,
                _unir(
                    _distribution(table, code, _sur(table, *axe))
                    for code in distributions[nom]
                    for axe in axes.items()
                ),
            )


def _agregat(table: Any, codes: Sequence[str], groupes: Sequence[Any]) -> Any:
    return table.group_by(groupes).aggregate(**{code: _somme(table, code) for code in codes})


def _distribution(table: Any, code: str, groupes: Sequence[Any]) -> Any:
    valeur = table[MESURES[code].colonne].cast("string")
    mesure = (ibis.literal(f"{code}{EGALE}") + valeur).name("mesure")
    return table.group_by([*groupes, mesure]).aggregate(valeur=_somme(table, code))


def _sur(table: Any, axe: str, colonne: str) -> Sequence[Any]:
    return [
        table.territoire,
        ibis.literal(axe).name("axe"),
        table[colonne].name("ligne"),
        _mois(table),
    ]


def _mois(table: Any) -> Any:
    return table.jour.truncate("M").cast("date").name("mois")


def _unir(agregats: Iterator[Any]) -> Any:
    return reduce(lambda ensemble, autre: ensemble.union(autre), agregats)


def _somme(table: Any, code: str) -> Any:
    condition, poids = formule(code)(table)
    valeur = condition.ifelse(table.signe.cast("int64") * poids, ibis.literal(0, "int64"))
    return valeur.sum().fill_null(0).cast("int64")


def main() -> None:
    """Write every file; those that no fact has any more are removed."""
    ecrits = set()
    for fichier, texte in compiler():
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(texte, "utf-8")
        ecrits.add(fichier)
    for fichier in DOSSIER.glob("*/*.sql"):
        if fichier not in ecrits:
            fichier.unlink()


if __name__ == "__main__":
    main()
