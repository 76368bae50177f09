"""A journal falsified by the owner of its tables, exported, then verified without the service."""

import importlib
import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections, transaction

from config.settings.base import base_de_donnees
from sne.habilitations.rules import acteur_systeme
from sne.journal.actions.jalonner import jalonner
from sne.journal.archive import archiver
from sne.journal.models import Cle, Jalon
from sne.journal.selectors.export import get_etendue
from sne.socle.acte import Acte
from tests.journal.test_journal import tout_sceller
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


def ecrire_en_2022(url: str) -> None:
    """As the owner: a month old enough to leave, opened and written as it would have been then."""
    with psycopg.connect(url) as owner:
        owner.execute(
            "CREATE TABLE journal_entree_2022_05 PARTITION OF journal_entree "
            "FOR VALUES FROM ('2022-05-01 00:00+00') TO ('2022-06-01 00:00+00')"
        )
        owner.execute("SELECT proteger_ajout_seul('journal_entree_2022_05')")
        owner.execute(
            "WITH v AS (SELECT gen_random_uuid() AS id, uuid_send(gen_random_uuid()) AS sel, n "
            "FROM generate_series(1, 3) AS n), w AS (INSERT INTO journal_valeur "
            "SELECT id, 'nom', 'apres', sel, 'Ancien' FROM v), e AS (SELECT id, '099'::varchar(3) AS territoire, "
            "NULL::uuid, NULL::integer, 'CONNEXION'::varchar(30), '{}'::jsonb, jsonb_build_object('engagements', "
            "jsonb_build_object('nom.apres', journal_engagement(sel, 'nom', 'apres', 'Ancien'))), NULL::uuid, "
            "now(), '2022-05-10 10:00+00'::timestamptz + make_interval(secs => n), journal_ere(), "
            "pg_current_xact_id() FROM v) "
            "INSERT INTO journal_entree SELECT e.*, journal_feuille(ROW(e.*, NULL)::journal_entree) FROM e"
        )


def derniere_sous_jalon(numero: int) -> int:
    return Jalon.objects.get(numero=numero).entrees


def echanger(a: int, b: int) -> set[str]:
    """Swap the places of two entries, hashes with them."""
    ids = [positions()[n][2] for n in (a, b)]
    sans_gardes(
        "CREATE TEMP TABLE echange ON COMMIT DROP AS SELECT a.scellement, a.rang, b.entree, b.inscrit_le, b.empreinte "
        "FROM journal_position a JOIN journal_position b ON a.entree <> b.entree "
        "WHERE a.entree = ANY(%(ids)s::uuid[]) AND b.entree = ANY(%(ids)s::uuid[])",
        "DELETE FROM journal_position WHERE entree = ANY(%(ids)s::uuid[])",
        "INSERT INTO journal_position SELECT * FROM echange",
        ids=ids,
    )
    return set(ids)


COUPER = (
    "DELETE FROM journal_entree WHERE id = ANY(%(e)s::uuid[])",
    "DELETE FROM journal_position WHERE scellement >= %(s)s",
    "DELETE FROM journal_scellement WHERE numero >= %(s)s",
)


def couper_le_second_jalon() -> list[str]:
    """Everything from the ten entries of the second checkpoint on, seals and positions with them."""
    debut = Jalon.objects.get(numero=1)
    coupees = [p[2] for p in positions()[debut.entrees :]]
    sans_gardes(*COUPER, e=coupees, s=debut.scellement + 1)
    return coupees


RECALCULER = """
DO $$
DECLARE
    s journal_scellement;
    avant bytea := '';
BEGIN
    FOR s IN SELECT * FROM journal_scellement ORDER BY numero LOOP
        SELECT count(*), journal_racine(array_agg(empreinte ORDER BY rang)) INTO s.nombre, s.racine
        FROM journal_position WHERE scellement = s.numero;
        UPDATE journal_scellement SET precedent = avant, racine = s.racine, nombre = s.nombre, empreinte =
            journal_maillon(avant, s.numero, s.ere, s.xid_de, s.xid_a, s.nombre, s.racine) WHERE numero = s.numero;
        SELECT empreinte INTO avant FROM journal_scellement WHERE numero = s.numero;
    END LOOP;
END $$
"""


@dataclass(frozen=True, slots=True)
class Journal:
    """Three checkpoints: 12 entries and more, then ten, then an erasure. Exports made on the way, a note received."""

    url_owner: str
    avant: Path  # at the first checkpoint, with its values
    reference: Path  # at the second one, without values
    jalons: tuple[str, ...]


def poser_jalon() -> str:
    tout_sceller()
    pose = jalonner(acte=Acte(acteur_systeme("Essai"), f.MAINTENANT))
    assert pose is not None
    return pose.note


def instant_du_jalon(journal: Journal) -> str:
    return next(x for x in journal.jalons[0].splitlines() if x.startswith("instant ")).removeprefix(
        "instant "
    )


def lignes_de(export: Path) -> list[str]:
    return [ligne for x in sorted(export.glob("entrees-*")) for ligne in x.read_text().splitlines()]
