"""Make the SQL of each engine from the formulas, as it is committed: ``python -m sne.infocentre.mesures.compiler``.

One aggregate by fact, no filter inside: who runs it hands it the rows of a perimeter, a period, a seal. Two groupings
of the same sums: by territory, counter and month (the cells), and by key (the files behind a figure).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.sql.compilers import duckdb, pyspark

from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.expressions import formule
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import CLES, DETAIL, DOSSIER

COMPILATEURS: Mapping[str, Any] = {"duckdb": duckdb.compiler, "pyspark": pyspark.compiler}
EN_TETE = (
    "-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.\n"
)


def compiler() -> Iterator[tuple[Path, str]]:
    """Each file, and its text."""
    for dialecte, compilateur in COMPILATEURS.items():
        for fait, codes in par_fait().items():
            for suffixe, cles in (("", CLES), (DETAIL, ("cle", "guichet"))):
                arbre = compilateur.to_sqlglot(_agregat(fait, codes, cles))
                texte = arbre.sql(dialect=compilateur.dialect, pretty=True)
                yield DOSSIER / dialecte / f"{fait}{suffixe}.sql", f"{EN_TETE}{texte}\n"


def _agregat(fait: str, codes: Sequence[str], cles: Sequence[str]) -> Any:
    table = ibis.table(dict(FAITS[fait].colonnes), name=fait)
    mois = table.jour.truncate("M").cast("date").name("mois")
    groupes = [mois if cle == "mois" else table[cle] for cle in cles]
    return table.group_by(groupes).aggregate(**{code: _somme(table, code) for code in codes})


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
