"""Entries that a lost server left unsealed, in whatever era: sealed the oldest first; until then, everybody says so."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from sne.cli.diagnostic import Controle, diagnostiquer
from sne.journal import actions, selectors
from tests.journal.export import exporter, poser_jalon, verifier
from tests.journal.test_journal import ecrire, tout_sceller

pytestmark = pytest.mark.django_db(transaction=True)

LAISSER = """
INSERT INTO journal_entree
SELECT e.*, journal_feuille(ROW(e.*, NULL)::journal_entree) FROM (
    SELECT gen_random_uuid(), '099'::varchar(3), NULL::uuid, NULL::integer, 'CONNEXION'::varchar(30), '{}'::jsonb,
        '{}'::jsonb, NULL::uuid, now(), now() + make_interval(secs => %s), %s::text, %s::text::xid8
) e
"""


def laisser(owner: psycopg.Connection, *entrees: tuple[str, int]) -> None:
    """As a restored dump or a lost server leaves them: (era, transaction), in the order they were written."""
    for rang, (ere, transaction) in enumerate(entrees):
        owner.execute(LAISSER, [rang, ere, str(transaction)])


def scelles(owner: psycopg.Connection) -> list[tuple[str, int]]:
    """Era and number of entries of each seal, in order."""
    return list(owner.execute("SELECT ere, nombre FROM journal_scellement ORDER BY numero"))


def scellement() -> Controle:
    """What ``sne sante`` says of the sealing."""
    return next(c for c in diagnostiquer() if c.nom == "scellement du journal")


def test_every_era_that_ended_is_sealed_the_oldest_first(owner: psycopg.Connection) -> None:
    ecrire()
    tout_sceller()
    laisser(owner, ("9/2", 70), ("1/1", 900), ("9/2", 71), ("5/4", 3))
    ecrire()
    tout_sceller()
    ouverte = scelles(owner)[0][0]
    assert scelles(owner) == [(ouverte, 1), ("9/2", 2), ("1/1", 1), ("5/4", 1), (ouverte, 1)]
    assert list(selectors.verifier()) == []


def test_chain_that_begins_with_a_restored_journal_seals_all_its_eras(owner: psycopg.Connection) -> None:
    laisser(owner, ("7/1", 5), ("7/2", 9), ("3/1", 1))
    tout_sceller()
    assert scelles(owner) == [("7/1", 1), ("7/2", 1), ("3/1", 1)]


def test_batches_cut_an_ended_era_between_transactions(owner: psycopg.Connection) -> None:
    laisser(owner, ("9/2", 70), ("9/2", 70), ("9/2", 71))
    assert [actions.sceller(1) for _ in range(3)] == [2, 1, 0]


def test_health_and_verifier_say_what_was_left_unsealed(owner: psycopg.Connection) -> None:
    assert scellement().bon
    laisser(owner, ("9/2", 70), ("9/2", 71))
    assert not scellement().bon
    assert "2 entrée(s) d’un serveur précédent ne sont pas scellées" in scellement().constat
    (ecart,) = selectors.verifier()
    assert ecart.phrase.startswith("2 entrée(s) de l’ère close 9/2 ne sont pas scellées")
    tout_sceller()
    assert scellement().bon
    assert list(selectors.verifier()) == []


def test_verifiers_tell_an_entry_slipped_into_an_ended_era(
    owner: psycopg.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    laisser(owner, ("9/2", 70))
    tout_sceller()
    poser_jalon()
    laisser(owner, ("9/2", 69))
    assert actions.sceller() >= 0  # never sealed: its transaction already is
    (ecart,) = selectors.verifier()
    assert ecart.phrase.startswith("1 entrée(s) de l’ère close 9/2 ont été ajoutées après coup")
    assert genres(verifier(capsys, exporter(tmp_path / "export"))) == {"ajoutée": 1}


def test_verifier_outside_tells_what_was_left_unsealed(
    owner: psycopg.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ecrire()
    poser_jalon()
    laisser(owner, ("9/2", 70), ("9/2", 71))
    bilan = verifier(capsys, exporter(tmp_path / "avant"))
    assert (bilan["code"], genres(bilan)) == (1, {"oubliée": 2})
    assert all("laissée par un serveur précédent (ère 9/2)" in e["phrase"] for e in bilan["ecarts"])
    tout_sceller()
    assert verifier(capsys, exporter(tmp_path / "apres"))["code"] == 0


def genres(bilan: dict[str, Any]) -> dict[str, int]:
    """How many differences of each kind."""
    lus = [e["genre"] for e in bilan["ecarts"]]
    return {genre: lus.count(genre) for genre in lus}
