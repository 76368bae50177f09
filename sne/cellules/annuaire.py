"""The directory as other cells have it: accounts, rights, counters, codes, by PostgreSQL's own logical replication.

One way: a cell that wrote there by mistake is refused, so that no two of them ever say something else.
"""

import time
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from sne.cellules.places import Sort, tables_qui
from sne.cellules.routage import ANNUAIRE, connexion_de, directe
from sne.socle.erreurs import Interdit

PUBLICATION = "annuaire"
RECUES = "SELECT count(*) FILTER (WHERE srsubstate <> 'r'), count(*) FROM pg_subscription_rel"
PATIENCE = 120.0  # seconds
REMEDE = (
    "Il faut wal_level = logical au serveur de l’annuaire, et, comme administrateur des deux : "
    "ALTER ROLE {0} REPLICATION ; GRANT pg_create_subscription TO {0} ; "
    "GRANT SET ON PARAMETER session_replication_role TO {0}."
)


def publier(cellule: str, *, patience: float = PATIENCE) -> int:
    """Give the directory to a cell, whose tables are migrated and empty; how many tables. May be done again.

    Raises ``Interdit`` with the remedy when the servers do not allow it, or do not follow.
    """
    tables = tables_qui(Sort.PUBLIEE)
    try:
        with directe(ANNUAIRE) as ici, directe(cellule) as la:
            _declarer(ici, tables)
            _proteger(la, tables)
            _abonner(la)
            _attendre(la, len(tables), patience)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState) as exc:
        role = connexion_de(ANNUAIRE).settings_dict["USER"]
        raise Interdit(f"{REMEDE.format(role)} PostgreSQL dit : {exc.diag.message_primary}") from exc
    return len(tables)


def _declarer(ici: psycopg.Connection[Any], tables: tuple[str, ...]) -> None:
    noms = sql.SQL(", ").join(map(sql.Identifier, tables))
    faite = ici.execute("SELECT 1 FROM pg_publication WHERE pubname = %s", [PUBLICATION]).fetchone()
    ordre = "ALTER PUBLICATION {} SET TABLE {}" if faite else "CREATE PUBLICATION {} FOR TABLE {}"
    ici.execute(sql.SQL(ordre).format(sql.Identifier(PUBLICATION), noms))


def _proteger(la: psycopg.Connection[Any], tables: tuple[str, ...]) -> None:
    for table in tables:
        la.execute(
            sql.SQL(
                "CREATE OR REPLACE TRIGGER cellule_annuaire BEFORE INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW "
                "EXECUTE FUNCTION cellule_refuser('true', 'SN500')"
            ).format(sql.Identifier(table))
        )


def _abonner(la: psycopg.Connection[Any]) -> None:
    nom = sql.Identifier(PUBLICATION)
    if la.execute("SELECT 1 FROM pg_subscription WHERE subname = %s", [PUBLICATION]).fetchone():
        la.execute(sql.SQL("ALTER SUBSCRIPTION {} REFRESH PUBLICATION").format(nom))
        return
    r = connexion_de(ANNUAIRE).settings_dict
    adresse = make_conninfo(
        dbname=r["NAME"], user=r["USER"], password=r["PASSWORD"], host=r["HOST"], port=r["PORT"] or None
    )
    la.execute(
        sql.SQL("CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {}").format(nom, sql.Literal(adresse), nom)
    )


def _attendre(la: psycopg.Connection[Any], nombre: int, patience: float) -> None:
    limite = time.monotonic() + patience
    while la.execute(RECUES).fetchone() != (0, nombre):
        if time.monotonic() > limite:
            raise Interdit("La copie de l’annuaire n’est pas finie : relancez la commande, elle reprend.")
        time.sleep(0.2)
