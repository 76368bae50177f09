"""A journal falsified by the owner of its tables, exported, then verified without the service."""

import importlib
import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from config.settings.base import base_de_donnees
from sne.journal.archive import archiver
from sne.journal.models import Cle
from sne.journal.selectors.export import get_etendue
from tests.registre import factories as f

TOOLS = str(Path(__file__).resolve().parents[2] / "tools")


def verifieur() -> Any:
    """The stand-alone verifier, imported as it runs: from its folder, with nothing of the service."""
    if TOOLS not in sys.path:
        sys.path.insert(0, TOOLS)
    return importlib.import_module("verifier_journal.__main__")


@contextmanager
def en_proprietaire(url: str) -> Iterator[None]:
    """Django connected as the owner of the tables, in a transaction that is undone."""
    reglages = connections["default"].settings_dict
    avant = {cle: reglages[cle] for cle in ("USER", "PASSWORD")}
    connection.close()
    reglages.update({cle: base_de_donnees(url)[cle] for cle in avant})
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        connection.close()
        reglages.update(avant)


def sans_gardes(*ordres: str, **parametres: Any) -> None:
    """As the owner: triggers off, the orders, triggers on again."""
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending triggers is not altered
        curseur.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'journal_entree'::regclass"
        )
        partitions = [ligne[0] for ligne in curseur.fetchall()]
        tables = [
            *partitions,
            "journal_position",
            "journal_scellement",
            "journal_valeur",
            "journal_jalon",
            "journal_retrait",
            "journal_cle",
        ]
        for table in tables:
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for ordre in ordres:
            curseur.execute(ordre, parametres)
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            curseur.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER ajout_seul")


def exporter(sortie: Path, **options: Any) -> Path:
    etendue = get_etendue(**options)
    assert etendue is not None
    archiver(sortie, etendue, exporte_le=f.MAINTENANT)
    return sortie


def cle_publique() -> str:
    return str(Cle.objects.get(numero=1).publique)


def verifier(capsys: Any, export: Path, *arguments: str, cle: str = "") -> dict[str, Any]:
    """What the verifier says, as its users get it; a refusal is ``{"refus": sentence}``."""
    code = verifieur().main([str(export), "--cle", cle or cle_publique(), "--json", *arguments])
    lu = capsys.readouterr()
    if code == 2:
        return {"code": 2, "refus": lu.err}
    return {"code": code, **json.loads(lu.out)}


def nommes(bilan: dict[str, Any]) -> set[tuple[str, str | None]]:
    """Kind and entry of each difference."""
    return {(e["genre"], e["entree"]) for e in bilan["ecarts"]}


def positions() -> list[tuple[int, int, str]]:
    """(seal, rank, entry) of every sealed entry, in order."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT scellement, rang, entree::text FROM journal_position ORDER BY 1, 2")
        return [tuple(ligne) for ligne in curseur.fetchall()]


def entree(numero: int) -> uuid.UUID:
    """The sealed entry of this rank since the beginning, from 0."""
    return uuid.UUID(positions()[numero][2])


def en_direct(url: str) -> psycopg.Connection[Any]:
    """A connection of one's own, outside Django."""
    return psycopg.connect(url, autocommit=True)
