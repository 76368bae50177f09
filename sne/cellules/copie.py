"""The rows of a territory, from one server to another: copied in one reading, compared, taken away.

Guards that answer to an act (stamps, entries asked for) are asleep while rows are copied, as in any replication;
those of what is written once are not.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any, cast

import psycopg
from psycopg import sql

from sne.cellules.places import condition, deplacees

Connexion = psycopg.Connection[Any]
PAR_RETRAIT = 10_000  # rows at once: their table is locked meanwhile
COLONNES = (
    "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
    "AND attgenerated = '' ORDER BY attname"
)
# The sum of what each row hashes to says the same whatever the order; it is exact.
RESUME = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(ROW({colonnes})::text), 15))::bit(60)::bigint), 0)::text "
    "FROM {table} ligne WHERE {condition}"
)
A_PROUVER = """
SELECT e.*, coalesce(r.cellule, {de}) AS "de_cellule", coalesce(r.scellement, p.scellement) AS "au_scellement",
    coalesce(r.rang, p.rang) AS "au_rang", coalesce(r.scelle_le, s.scelle_le) AS "au_scelle_le"
FROM journal_entree e LEFT JOIN journal_position p ON p.entree = e.id LEFT JOIN journal_reprise r ON r.entree = e.id
LEFT JOIN journal_scellement s ON s.numero = p.scellement
WHERE e.territoire = {territoire} AND (p.entree IS NOT NULL OR r.cellule <> {vers})
"""
"""Sealed entries, where each was sealed; those that the other cell sealed itself never left it."""
SCELLEES_DEPUIS = """
SELECT e.*, {de} AS "de_cellule", p.scellement AS "au_scellement", p.rang AS "au_rang", s.scelle_le AS "au_scelle_le"
FROM journal_scellement s JOIN journal_position p ON p.scellement = s.numero
JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
WHERE s.numero > {depuis} AND e.territoire = {territoire}
"""
"""The same, of those that were sealed after this seal: the others were received before."""
DERNIER_RECU = """
SELECT r.scellement FROM journal_reprise r JOIN journal_entree e ON e.inscrit_le = r.inscrit_le AND e.id = r.entree
WHERE r.cellule = %s AND e.territoire = %s ORDER BY r.scellement DESC LIMIT 1
"""
GARDES = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'ajout_seul'"


@dataclass(frozen=True, slots=True)
class Difference:
    """A table that does not say the same on both sides: rows here, rows there (0 when the numbers are equal)."""

    table: str
    ici: int
    la: int


def endormir(connexion: Connexion) -> None:
    """Until the end of the transaction. Raises ``psycopg.errors.InsufficientPrivilege`` unless the owner was let to."""
    connexion.execute("SET LOCAL session_replication_role = replica")


def est_vide(connexion: Connexion, territoire: str) -> bool:
    """Whether no row of the territory is there. Rows are looked for, not counted: this is asked while it is closed."""
    une = sql.SQL(" OR ").join(
        sql.SQL("EXISTS (SELECT FROM {} ligne WHERE {})").format(
            sql.Identifier(table), condition(table, territoire)
        )
        for table in deplacees()
    )
    return connexion.execute(sql.SQL("SELECT {}").format(une)).fetchone() == (False,)


def copier(de: Connexion, vers: Connexion, territoire: str) -> int:
    """Every row that moves, in the two transactions that are open; how many."""
    return sum(_copier_table(de, vers, table, territoire) for table in deplacees())


def _copier_table(de: Connexion, vers: Connexion, table: str, territoire: str) -> int:
    colonnes = _colonnes(de, table)
    lire = sql.SQL("COPY (SELECT {} FROM {} ligne WHERE {}) TO STDOUT (FORMAT binary)").format(
        sql.SQL(", ").join(sql.Identifier("ligne", c) for c in colonnes),
        sql.Identifier(table),
        condition(table, territoire),
    )
    return _verser(de, lire, vers, table, colonnes)


def _verser(de: Connexion, lire: sql.Composed, vers: Connexion, table: str, colonnes: list[str]) -> int:
    ecrire = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, colonnes))
    )
    with de.cursor() as lu, vers.cursor() as ecrit:
        with lu.copy(lire) as source, ecrit.copy(ecrire) as cible:
            for bloc in source:
                cible.write(bloc)
        return int(ecrit.rowcount)


def copier_les_entrees(
    de: Connexion, vers: Connexion, territoire: str, *, cellules: tuple[str, str], depuis: int = 0
) -> int:
    """Entries are read where their demande is, and proved where they were sealed, which is kept beside; how many.

    ``cellules``: the names of both; ``depuis``: the seal whose entries, and those of before, were received already.
    None of them is sealed again: their eras are somebody else's.
    """
    colonnes = _colonnes(de, "journal_entree")
    vers.execute(
        "CREATE TEMPORARY TABLE entrees_recues ON COMMIT DROP AS SELECT e.*, ''::text AS de_cellule, "
        "0::bigint AS au_scellement, 0 AS au_rang, e.inscrit_le AS au_scelle_le FROM journal_entree e WITH NO DATA"
    )
    toutes = [*colonnes, "de_cellule", "au_scellement", "au_rang", "au_scelle_le"]
    lire = _lire_a_prouver(toutes, territoire, cellules, depuis=depuis)
    nombre = _verser(de, lire, vers, "entrees_recues", toutes)
    vers.execute(
        "SELECT journal_creer_mois(mois) FROM (SELECT DISTINCT "
        "date_trunc('month', inscrit_le AT TIME ZONE 'UTC')::date FROM entrees_recues) AS m(mois)"
    )
    noms = sql.SQL(", ").join(map(sql.Identifier, colonnes))
    vers.execute(
        sql.SQL(
            "INSERT INTO journal_entree ({0}) SELECT {0} FROM entrees_recues ON CONFLICT DO NOTHING"
        ).format(noms)
    )
    vers.execute(
        "INSERT INTO journal_reprise (entree, cellule, scellement, rang, scelle_le, inscrit_le, empreinte) "
        "SELECT id, de_cellule, au_scellement, au_rang, au_scelle_le, inscrit_le, empreinte FROM entrees_recues "
        "ON CONFLICT DO NOTHING"
    )
    vers.execute(
        "INSERT INTO journal_ere_ailleurs (ere, cellule) SELECT DISTINCT ere, de_cellule FROM entrees_recues "
        "ON CONFLICT DO NOTHING"
    )
    return nombre


def dernier_recu(vers: Connexion, territoire: str, *, de: str) -> int:
    """The last seal of that cell of which an entry of the territory was received here; 0 when there is none."""
    lu: Any = vers.execute(DERNIER_RECU, [de, territoire]).fetchone()
    return int(lu[0]) if lu else 0


def entrees_differentes(de: Connexion, vers: Connexion, territoire: str, *, cellules: tuple[str, str]) -> int:
    """Of all those sealed before they came, now or in an earlier try, how many do not stand there as they were hashed
    where they were sealed.
    """
    vers.execute(
        "CREATE TEMPORARY TABLE entrees_attendues ON COMMIT DROP AS "
        "SELECT e.id, e.inscrit_le, e.empreinte FROM journal_entree e WITH NO DATA"
    )
    attendues = ["id", "inscrit_le", "empreinte"]
    _verser(de, _lire_a_prouver(attendues, territoire, cellules), vers, "entrees_attendues", attendues)
    lu: Any = vers.execute(
        "SELECT count(*) FROM entrees_attendues a "
        "LEFT JOIN journal_entree e ON e.inscrit_le = a.inscrit_le AND e.id = a.id "
        "LEFT JOIN journal_reprise j ON j.entree = a.id "
        "WHERE j.entree IS NULL OR journal_feuille(e) IS DISTINCT FROM a.empreinte"
    ).fetchone()
    return int(lu[0])


def _lire_a_prouver(
    colonnes: list[str], territoire: str, cellules: tuple[str, str], *, depuis: int = 0
) -> sql.Composed:
    a_prouver = sql.SQL(SCELLEES_DEPUIS if depuis else A_PROUVER).format(
        de=sql.Literal(cellules[0]),
        vers=sql.Literal(cellules[1]),
        territoire=sql.Literal(territoire),
        depuis=sql.Literal(depuis),
    )
    return sql.SQL("COPY (SELECT {} FROM ({}) x) TO STDOUT (FORMAT binary)").format(
        sql.SQL(", ").join(map(sql.Identifier, colonnes)), a_prouver
    )


def comparer(de: Connexion, vers: Connexion, territoire: str) -> Iterator[Difference]:
    """Every row of every table, on both sides, which work at once."""
    with ThreadPoolExecutor(2) as fils:
        ici, la = fils.map(_tout_resumer, (de, vers), repeat(territoire))
    for table, (nombre, somme) in ici.items():
        if (nombre, somme) != la[table]:
            yield Difference(table, nombre, la[table][0])


def _tout_resumer(connexion: Connexion, territoire: str) -> dict[str, tuple[int, str]]:
    return {table: _resumer(connexion, table, territoire) for table in deplacees()}


def _resumer(connexion: Connexion, table: str, territoire: str) -> tuple[int, str]:
    ordre = sql.SQL(RESUME).format(
        colonnes=sql.SQL(", ").join(sql.Identifier("ligne", c) for c in _colonnes(connexion, table)),
        table=sql.Identifier(table),
        condition=condition(table, territoire),
    )
    nombre, somme = cast(tuple[int, str], connexion.execute(ordre).fetchone())
    return nombre, somme


def retirer(connexion: Connexion, territoire: str) -> int:
    """Take every row of the territory away, a batch at a time, outside any transaction; how many.

    The guard of what is written once is off for the time of a batch, for the owner of the tables alone can lift it.
    """
    return sum(_retirer_de(connexion, table, territoire) for table in deplacees())


def _retirer_de(connexion: Connexion, table: str, territoire: str) -> int:
    nom, total = sql.Identifier(table), 0
    ordre = sql.SQL(
        "DELETE FROM {} WHERE ctid = ANY(ARRAY(SELECT ligne.ctid FROM {} ligne WHERE {} LIMIT {}))"
    ).format(nom, nom, condition(table, territoire), sql.Literal(PAR_RETRAIT))
    gardee = connexion.execute(GARDES, [table]).fetchone() is not None
    while True:
        with connexion.transaction():
            endormir(connexion)
            if gardee:
                connexion.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ajout_seul").format(nom))
            retirees = connexion.execute(ordre).rowcount
            if gardee:
                connexion.execute(sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER ajout_seul").format(nom))
        total += retirees
        if retirees < PAR_RETRAIT:
            return total


def _colonnes(connexion: Connexion, table: str) -> list[str]:
    """What is written in a table; columns that the server computes are computed over there."""
    return [nom for (nom,) in connexion.execute(COLONNES, [table])]
