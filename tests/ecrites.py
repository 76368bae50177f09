"""What the database holds, in one figure a table: a message that is refused changes none of them."""

from functools import cache

from django.db import connection, transaction

from sne.journal.rules import Trait, verbes_qui

DE_L_APPEL = frozenset(
    {
        "appel_convention",  # its line in the log of the agreement
        "cadence_convention",  # it is counted
        "reponse_gardee",  # what it was answered, under its key
        "tentative_refusee",  # who tried what, and why it was refused
        "journal_entree",  # that, and what was read: counted act by act
    }
)
"""Tables where a call leaves something, whatever it is answered."""
UNE_TENTATIVE = "REFUSER_ACTE"
"""The entry of an attempt that was refused."""
TABLES = """
SELECT c.oid::regclass::text FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
    AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE') ORDER BY 1
"""


def compter() -> dict[str, tuple[int, int]]:
    """Of each table that the service may write: its rows, and a figure that any change of one of them changes."""
    with connection.cursor() as curseur:
        curseur.execute(_ordre())
        return {table: (nombre, somme) for table, nombre, somme in curseur.fetchall()}


@cache
def _ordre() -> str:
    with connection.cursor() as curseur:
        curseur.execute(TABLES)
        tables = [table for (table,) in curseur.fetchall() if table not in DE_L_APPEL]
    lignes = [
        f"SELECT '{table}', count(*), coalesce(bit_xor(hashtextextended(tableoid || ctid::text, 0)), 0) FROM {table}"
        for table in tables
    ]
    dits = ", ".join(f"'{verbe.value}'" for verbe in verbes_qui(Trait.LECTURE))
    actes = f"SELECT 'journal_entree', count(*), 0 FROM journal_entree WHERE verbe NOT IN ('{UNE_TENTATIVE}', {dits})"
    return " UNION ALL ".join([*lignes, actes])


class Point:
    """Where the database stands when messages begin: each is judged from there, and leaves nothing to the next."""

    def __init__(self) -> None:
        self.tables, self._point = compter(), transaction.savepoint_create()

    def change(self) -> list[str]:
        """The tables that the message changed. What only its commit would refuse is asked first: ``IntegrityError``."""
        connection.check_constraints()
        ici = compter()
        return [table for table, vu in ici.items() if vu != self.tables[table]]

    def revenir(self) -> None:
        """As if the message had not come."""
        transaction.savepoint_rollback(self._point)
