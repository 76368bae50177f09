"""What DuckDB does of the lake: write a fact, count, find who is behind a figure, write again without some keys.

Every path and column comes from the manifest and the schema of ours; values of a caller are bound.
"""

# ruff: noqa: S608

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from sne.infocentre.moteur.cellules import decouper
from sne.infocentre.moteur.condition import condition, du_fait, en_texte
from sne.socle.durable import rendre_durable

REGLAGES: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}
"""Nothing is fetched from elsewhere."""
TYPES: Mapping[str, str] = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "int8": "TINYINT",
    "int16": "SMALLINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
}
GROUPE = 250_000  # rows of a row group
ORDRE = "territoire, guichet, jour, cle, scellement, signe"

type Base = duckdb.DuckDBPyConnection
type Colonnes = Mapping[str, str]
type Cellules = list[tuple[str, str, str, str, str, int]]


@contextmanager
def ouvrir(reglages: Mapping[str, Any]) -> Iterator[Base]:
    """An engine in memory, within these bounds."""
    with duckdb.connect(":memory:", config={**REGLAGES, **reglages}) as base:
        yield base


def ecrire(base: Base, *, lac: str, mois: str, sceaux: Sequence[int], faits: Mapping[str, Any]) -> Any:
    """Write the lines of each fact as one file; what it is, and the cells that its lines are worth.

    ``faits``: for each, the ``csv`` and how many ``lignes`` were sent, its ``colonnes``, the ``sql`` of its
    measures, a statement for each form of cells. Raises ``ValueError`` when the file does not hold the lines sent.
    """
    fichiers, cellules = [], []
    for nom, fait in faits.items():
        _lire_csv(base, nom, fait["csv"], fait["colonnes"])
        lues = _compter(base, nom)
        if lues != fait["lignes"]:
            raise ValueError(f"{nom}: {fait['lignes']} lines sent, {lues} read")
        if not lues:
            continue
        dossier = f"{nom}/{mois}"
        fichiers.append({"fait": nom, **_ranger(base, nom, Path(lac), dossier, f"{sceaux[0]}-{sceaux[1]}")})
        cellules += _cellules(base, fait["sql"])
    return {"fichiers": fichiers, "cellules": cellules}


def compter(base: Base, *, faits: Mapping[str, Any], filtre: Mapping[str, Any]) -> Cellules:
    """The cells of these facts within the filter: ``(territoire, axe, ligne, mois, mesure, valeur)``, none zero."""
    cellules: Cellules = []
    for nom, fait in faits.items():
        lignes = du_fait(fait, filtre)
        _voir(base, nom, fait["fichiers"], fait["colonnes"], lignes, anciens=fait.get("anciens", False))
        cellules += _cellules(base, fait["sql"])
    return cellules


def detailler(
    base: Base,
    *,
    fait: str,
    fichiers: Sequence[str],
    colonnes: Colonnes,
    sql: str,
    mesure: str,
    filtre: Any,
    dire: Sequence[str] = (),
    anciens: bool = False,
) -> list[list[Any]]:
    """The keys that a figure is made of: the same sums, by key. Each with how much of the figure it makes, the last day
    that it counts on, then these columns of its row of that day, as text where JSON has no such type.
    """
    _voir(base, fait, fichiers, colonnes, filtre, anciens=anciens)
    lues = ", ".join(["jour::varchar", *(f'"{c}"::varchar' for c in dire)])
    choisies = f"""SELECT cle, nombre, {lues} FROM {fait} JOIN (
            SELECT cle, sum("{mesure}")::BIGINT AS nombre, max(jour) FILTER (WHERE "{mesure}" > 0) AS jour
            FROM ({sql}) GROUP BY cle HAVING nombre <> 0) USING (cle, jour)
        WHERE signe > 0 QUALIFY row_number() OVER (PARTITION BY cle ORDER BY scellement DESC) = 1 ORDER BY cle"""
    return [list(ligne) for ligne in base.execute(choisies).fetchall()]


def reecrire(
    base: Base, *, lac: str, cles: str, groupes: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Write groups of files (of one fact and month) as one, without the lines whose key is not in the file ``cles``.

    A group of one file that loses nothing is left as it is; so is one that is not to be joined (``reunir``). For each:
    whether it was written, the file (``None`` when nothing was left), how many lines left, the cells that they were
    worth.
    """
    _lire_csv(base, "cles", cles, {"cle": "int64"})
    _voir(base, "toutes", [f for groupe in groupes for f in groupe["fichiers"]], {"cle": "int64"}, {})
    # Those that left are few: all keys are gone through once, and each file is compared with the few.
    base.execute("CREATE TABLE parties AS SELECT DISTINCT cle FROM toutes ANTI JOIN cles USING (cle)")
    base.execute("DROP TABLE cles")
    return [_reecrire_un(base, Path(lac), groupe) for groupe in groupes]


def _reecrire_un(base: Base, lac: Path, groupe: Mapping[str, Any]) -> Mapping[str, Any]:
    nom = groupe["fait"]
    _voir(base, "tout", groupe["fichiers"], groupe["colonnes"], {}, anciens=groupe["anciens"])
    base.execute(f"CREATE OR REPLACE TABLE {nom} AS SELECT * FROM tout SEMI JOIN parties USING (cle)")
    nombre = _compter(base, nom)
    if not nombre and not (groupe["reunir"] and len(groupe["fichiers"]) > 1):
        return {"ecrit": False}
    cellules = _cellules(base, groupe["sql"])
    fichier = None
    if nombre < _compter(base, "tout"):
        base.execute("CREATE OR REPLACE VIEW restent AS SELECT * FROM tout ANTI JOIN parties USING (cle)")
        sceaux = "-".join(map(str, groupe["sceaux"]))
        fichier = _ranger(base, "restent", lac, f"{nom}/{groupe['mois']}", sceaux)
    return {"ecrit": True, "fichier": fichier, "parties": nombre, "cellules": cellules}


def _compter(base: Base, quoi: str) -> int:
    (nombre,) = base.execute(f"SELECT count(*) FROM {quoi}").fetchone() or (0,)
    return int(nombre)


def _lire_csv(base: Base, nom: str, chemin: str, colonnes: Colonnes) -> None:
    types = {colonne: TYPES[genre] for colonne, genre in colonnes.items()}
    base.execute(
        f"CREATE TABLE {nom} AS SELECT * FROM read_csv({en_texte(chemin)}, header = false, auto_detect = false, "
        f"delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', columns = {json.dumps(types)})"
    )


def _voir(
    base: Base,
    nom: str,
    fichiers: Sequence[str],
    colonnes: Colonnes,
    filtre: Mapping[str, Any],
    *,
    anciens: bool = False,
) -> None:
    """A view of the lines within the filter: territories, counters, days, last seal, each where it is given.

    ``anciens``: some files may not have every column; what they do not have is null.
    """
    if not fichiers:
        vides = ", ".join(f"CAST(NULL AS {TYPES[genre]}) AS {c}" for c, genre in colonnes.items())
        base.execute(f"CREATE OR REPLACE VIEW {nom} AS SELECT {vides} WHERE false")
        return
    liste = ", ".join(map(en_texte, fichiers))
    source, presentes = f"read_parquet([{liste}])", {*colonnes}
    if anciens:
        source = f"read_parquet([{liste}], union_by_name = true)"
        presentes = {colonne for colonne, *_ in base.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    voulues = ", ".join(
        f"CAST({c if c in presentes else 'NULL'} AS {TYPES[genre]}) AS {c}" for c, genre in colonnes.items()
    )
    base.execute(f"CREATE OR REPLACE VIEW {nom} AS SELECT {voulues} FROM {source} WHERE {condition(filtre)}")


def _cellules(base: Base, ordres: Sequence[str]) -> Cellules:
    """The rows of these sums as cells."""
    cellules: Cellules = []
    for sql in ordres:
        resultat = base.execute(sql)
        noms = [colonne[0] for colonne in resultat.description or ()]
        cellules += [
            c for ligne in resultat.fetchall() for c in decouper(dict(zip(noms, ligne, strict=True)))
        ]
    return cellules


def _ranger(base: Base, nom: str, lac: Path, dossier: str, sceaux: str) -> dict[str, Any]:
    """Write a table beside its place, make sure that it is on the disk, then give it its name."""
    (lac / dossier).mkdir(parents=True, exist_ok=True, mode=0o700)
    neuf = lac / dossier / f".{os.getpid()}.parquet"
    base.execute(
        f"COPY (SELECT * FROM {nom} ORDER BY {ORDRE}) TO {en_texte(str(neuf))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUPE})"
    )
    with neuf.open("rb") as lu:
        somme = hashlib.file_digest(lu, "sha256").hexdigest()
    chemin = f"{dossier}/{sceaux}-{somme[:12]}.parquet"
    rendre_durable(neuf)
    neuf.rename(lac / chemin)
    rendre_durable((lac / chemin).parent)
    lignes = _compter(base, f"read_parquet({en_texte(str(lac / chemin))})")
    return {"chemin": chemin, "lignes": lignes, "octets": (lac / chemin).stat().st_size, "sha256": somme}
