"""The barrier around a territory that moves: nobody but the owner writes its rows. No cost where nothing moves.

Putting it on waits for whoever is writing to that table, and makes the next one wait as long: one table at a time.
"""

from typing import Any

import psycopg
from psycopg import sql

from sne.cellules.places import condition, deplacees

ENTREES, VALEURS = "journal_entree", "journal_valeur"
ESSAIS, ATTENTE = 20, "2s"  # for each table: an act that lasts holds no other one back for longer
# A hundred tables are not a hundred waits for the disk: what is lost with the server is put on again by the same step,
# and what comes after it, which does wait, writes it too.
PAS_ENCORE_SUR_DISQUE = "SET LOCAL synchronous_commit = off"
EN_PLACE = "SELECT count(*) FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass"


def nom_de(territoire: str) -> str:
    """Name of the triggers of a territory's barrier."""
    return f"cellule_{territoire.lower()}"


def tables() -> tuple[str, ...]:
    """The tables of the barrier, the entries first: no act without one. A value is written with its entry alone."""
    return (ENTREES, *(t for t in deplacees() if t != VALEURS))


def fermer(connexion: psycopg.Connection[Any], territoire: str) -> None:
    """Put it on; returns once nobody writes there any more.

    Raises ``psycopg.errors.LockNotAvailable`` when an act lasts longer than we wait: what is closed stays closed, and
    the same call goes on.
    """
    for table in tables():
        ordre = sql.SQL(
            "CREATE TRIGGER {} BEFORE INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW "
            "EXECUTE FUNCTION cellule_refuser({})"
        ).format(
            sql.Identifier(nom_de(territoire)), sql.Identifier(table), _argument(connexion, table, territoire)
        )
        if not _est_la(connexion, table, territoire):
            _insister(connexion, ordre)


def ouvrir(connexion: psycopg.Connection[Any], territoire: str, *, sauf_les_entrees: bool = False) -> None:
    """Take it off. ``sauf_les_entrees``: the territory has left for good, no act on its demandes is done here."""
    for table in reversed(tables()):
        if not (sauf_les_entrees and table == ENTREES) and _est_la(connexion, table, territoire):
            ordre = "DROP TRIGGER {} ON {}"
            noms = sql.Identifier(nom_de(territoire)), sql.Identifier(table)
            _insister(connexion, sql.SQL(ordre).format(*noms))


def _argument(connexion: psycopg.Connection[Any], table: str, territoire: str) -> sql.Literal:
    """How a row is of the territory. Entries that name no demande (somebody signed in) are the directory's."""
    if table == ENTREES:
        dit = sql.SQL("ligne.demande IS NOT NULL AND ligne.territoire = {}").format(sql.Literal(territoire))
    else:
        dit = condition(table, territoire)
    return sql.Literal(dit.as_string(connexion))


def _est_la(connexion: psycopg.Connection[Any], table: str, territoire: str) -> bool:
    return connexion.execute(EN_PLACE, [nom_de(territoire), table]).fetchone() != (0,)


def _insister(connexion: psycopg.Connection[Any], ordre: sql.Composed) -> None:
    for essai in range(ESSAIS):
        try:
            with connexion.transaction():
                connexion.execute(f"SET LOCAL lock_timeout = '{ATTENTE}'")
                connexion.execute(PAS_ENCORE_SUR_DISQUE)
                connexion.execute(ordre)
            return
        except psycopg.errors.LockNotAvailable:
            if essai == ESSAIS - 1:
                raise
