"""Guards are installed from what the models declare, once, and made again when somebody undid them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from config.settings.base import base_de_donnees
from sne.registre.pieces.models import Piece
from sne.socle import gardes
from sne.socle.gardes import Gardes, declencheurs_de, installer, ordre_d_effacement

DE_PIECE = """
SELECT t.tgname, t.oid, t.tgenabled::text FROM pg_trigger t WHERE t.tgrelid = 'piece'::regclass AND NOT t.tgisinternal
"""


@pytest.fixture
def owner(url_owner: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A connection of the owner that keeps nothing; a test of the service's role alone would refuse it."""
    reglages: Any = connections.settings
    reglages["owner"] = {**reglages["default"], **base_de_donnees(url_owner)}
    connexion = connections["owner"]
    with django_db_blocker.unblock():
        connexion.set_autocommit(False)
        yield connexion
        connexion.rollback()
        connexion.close()
    del connections["owner"], reglages["owner"]


def de_piece(connexion: BaseDatabaseWrapper) -> dict[str, tuple[int, str]]:
    with connexion.cursor() as curseur:
        curseur.execute(DE_PIECE)
        return {nom: (oid, actif) for nom, oid, actif in curseur.fetchall()}


def test_what_stands_is_left_alone(owner: BaseDatabaseWrapper) -> None:
    avant = de_piece(owner)
    installer("owner")
    assert de_piece(owner) == avant
    assert avant["ajout_seul"][1] == "A"


@pytest.mark.parametrize(
    "defait",
    ["DROP TRIGGER journalise ON piece", "ALTER TABLE piece DISABLE TRIGGER ajout_seul"],
)
def test_what_was_undone_is_made_again(owner: BaseDatabaseWrapper, defait: str) -> None:
    avant = {nom: actif for nom, (_, actif) in de_piece(owner).items()}
    with owner.cursor() as curseur:
        curseur.execute(defait)
    installer("owner")
    assert {nom: actif for nom, (_, actif) in de_piece(owner).items()} == avant


def test_what_is_declared_no_more_goes(owner: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Piece, "gardes", replace(Piece.gardes, estampille=False, efface_par=()))
    installer("owner")
    assert "estampille" not in de_piece(owner)
    with owner.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM effacement WHERE quoi = 'piece'")
        assert curseur.fetchone() == (0,)


def test_a_model_says_its_guards_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Piece, "gardes", None)
    with pytest.raises(LookupError, match="Piece declares no gardes"):
        gardes.gardes_declarees()
    assert list(declencheurs_de("t", Gardes())) == []


def test_the_order_follows_references_and_a_circle_ends_it() -> None:
    assert ordre_d_effacement(["a", "b", "c"], [("c", "b"), ("b", "a"), ("x", "a")]) == ["c", "b", "a"]
    assert sorted(ordre_d_effacement(["a", "b"], [("a", "b"), ("b", "a")])) == ["a", "b"]
