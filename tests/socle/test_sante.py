"""The two addresses that a proxy and a supervisor ask: what they say when all is well, and each thing that may lack."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from psycopg_pool import ConnectionPool

from sne.socle.sante import RETRAIT, Sante


def demander(application: Sante, chemin: str) -> tuple[str, Any]:
    dit: list[str] = []
    [corps] = application({"PATH_INFO": chemin}, lambda statut, _entetes: dit.append(statut[:3]))
    return dit[0], json.loads(corps)


@pytest.fixture
def application(tmp_path: Path, settings: Any) -> Sante:
    settings.DOSSIER_VAR = tmp_path
    (tmp_path / "staticfiles.json").touch()

    def page(_environ: Any, start_response: Any) -> list[bytes]:
        start_response("299 Page", [])
        return [b'"page"']

    return Sante(page, manifeste=tmp_path / "staticfiles.json")


@pytest.mark.django_db(transaction=True)
def test_what_lacks_is_named(application: Sante, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert demander(application, "/sante/autre") == ("299", "page")
    with monkeypatch.context() as ancien:
        ancien.setattr(MigrationExecutor, "migration_plan", lambda *_: [("sne_socle.0099", False)])
        assert demander(application, Sante.PRET) == ("503", {"manque": ["migrations"]})
    assert demander(application, Sante.PRET) == ("200", {"manque": []})
    (tmp_path / RETRAIT).touch()
    (tmp_path / "staticfiles.json").unlink()
    assert demander(application, Sante.PRET) == ("503", {"manque": ["retrait", "fichiers"]})
    assert demander(application, Sante.VIVANT) == ("200", {"manque": []})


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_said_within_a_second(
    application: Sante, monkeypatch: pytest.MonkeyPatch
) -> None:
    adresse = "postgresql://personne@127.0.0.1:9/rien?connect_timeout=1"
    reserve = ConnectionPool(adresse, open=False, min_size=0, max_size=1, reconnect_timeout=1)
    connections["default"].close()  # made without any reserve
    monkeypatch.setattr(type(connections["default"]), "pool", reserve)
    assert demander(application, Sante.PRET) == ("503", {"manque": ["base"]})
    reserve.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("panne", [OperationalError, psycopg.OperationalError])
def test_a_connection_that_died_is_said(
    application: Sante, monkeypatch: pytest.MonkeyPatch, panne: type[Exception]
) -> None:
    def perdue(*_: object) -> None:
        raise panne("server closed the connection unexpectedly")

    monkeypatch.setattr("sne.socle.sante._atteindre", perdue)
    assert demander(application, Sante.PRET) == ("503", {"manque": ["base"]})
