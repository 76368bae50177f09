"""The server of DATABASE_URL: prepared twice by one checkout, it keeps the roles it gave."""

from pathlib import Path

import psycopg
import pytest

from sne.socle import postgres
from sne.socle.bases import url_de_base
from sne.socle.postgres import Serveur, ServeurExterne


def test_two_folders_of_one_checkout_share_the_roles(tmp_path: Path, monkeypatch: object) -> None:
    monkeypatch.setattr(postgres, "RACINE", tmp_path)  # type: ignore[attr-defined]
    serveur = Serveur(tmp_path / "serveur", jetable=True)
    serveur.demarrer()
    try:
        premier = ServeurExterne(serveur.url_admin, tmp_path / "demo").preparer("une")
        second = ServeurExterne(serveur.url_admin, tmp_path / "essais").preparer("autre")
        for acces in (premier, second):
            for url in (acces.owner, acces.runtime):
                with psycopg.connect(url) as connexion:
                    assert connexion.execute("SELECT current_user").fetchone()
        with psycopg.connect(premier.runtime) as connexion:
            assert connexion.execute(
                "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone() == (
                False,
                False,
            )
            _refuser_ce_qui_reste_ouvert(connexion)
        with psycopg.connect(url_de_base(serveur.url_admin, "une"), autocommit=True) as admin:
            admin.execute("GRANT TEMPORARY ON DATABASE une TO PUBLIC")  # a database of before
        ServeurExterne(serveur.url_admin, tmp_path / "demo").preparer("une")
        with psycopg.connect(premier.runtime) as connexion:
            _refuser_ce_qui_reste_ouvert(connexion)
    finally:
        serveur.arreter()


def _refuser_ce_qui_reste_ouvert(connexion: psycopg.Connection) -> None:
    for ordre in ("CREATE TEMP TABLE gel (x int)", "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connexion.transaction():
            connexion.execute(ordre)
