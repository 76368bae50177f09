"""Fixtures of every test: a database of one's own, used as the runtime role, whose past cannot be rewritten."""

import gc
import math
import os
import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction
from django.db.utils import load_backend
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from config.settings.base import base_de_donnees
from sne.espace_pro.limite import SEAUX
from sne.portail import limite
from sne.referentiels import selectors
from sne.referentiels.selectors import instantanes
from sne.socle import replique
from sne.socle.bases import url_de_base
from tests import bases
from tests.preuves import dire_les_decisions, pytest_runtest_logreport, pytest_sessionfinish  # noqa: F401
from tests.replique import lue_en_retard, preparer
from tests.traces import Traces

ICI = Path(__file__).parent
# Whole stories through browser or screens: every line that they reach is asked of the tests of its own module, and
# tracing them would double their time.
SANS_MESURE = (ICI / "journeys", ICI / "menaces")
LIT_LES_ATTENTES = re.compile(r'\b(FROM|JOIN) "?attente"?\b|registre_guetter_pieces')

# Generated examples are the same at each run, however long one takes: what a run finds, the next one finds again.
# ``HYPOTHESIS_PROFILE=endurance`` (make soak) draws many more, new each time.
settings.register_profile(
    "sne", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("endurance", settings.get_profile("sne"), derandomize=False, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "sne"))


def pytest_configure(config: pytest.Config) -> None:
    """What every line of the run must not hold is looked for as it is written."""
    config.pluginmanager.register(Traces(), "traces")


def pytest_sessionstart() -> None:
    """What is imported by now stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    # A test that counts statements must not see the minute end in its midst; who changes what is kept says so.
    instantanes.DUREE = math.inf


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No coverage is measured of the stories; what a test proves of the programme goes with it.

    Stories come last: what is computed once in a process, such as a regular expression, is first met by a test that
    counts its lines.
    """
    dire_les_decisions(items)
    preparer(items)
    for item in items:
        if any(item.path.is_relative_to(dossier) for dossier in SANS_MESURE):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)


@pytest.fixture(scope="session")
def nom_de_base(worker_id: str) -> str:
    """Name of this worker's database; two runs on one server do not meet."""
    return f"sne_essai_{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid()))[-8:]}_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(nom_de_base: str, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: no CREATE by the runtime role, a copy of the template per worker."""
    depuis = bases.modele()
    bases.copier(nom_de_base, depuis)

    def recopier(_: TransactionTestCase) -> None:
        # No flush: the runtime role cannot truncate. TestCase overrides this and keeps its rollback.
        for connexion in connections.all(initialized_only=True):
            connexion.close()
        bases.copier(nom_de_base, depuis)
        selectors.oublier()  # a dated parameter put in force by that test is in force no more

    with django_db_blocker.unblock():
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = nom_de_base
    TransactionTestCase._fixture_teardown = recopier  # type: ignore[method-assign]
    with lue_en_retard(nom_de_base) if replique.existe() else nullcontext():
        yield  # blocked again: what a test without a mark writes would stay for the next ones
    with django_db_blocker.unblock():
        connections["default"].close()
    bases.jeter(nom_de_base)


def apres_le_commit(
    executer: Callable[..., Any], ordre: str, parametres: Any, many: bool, contexte: dict[str, Any]
) -> Any:
    """Work lists read by a test whose transaction never ends: what its acts left for their commit is done first."""
    connexion = contexte["connection"]
    if LIT_LES_ATTENTES.search(ordre) and any(b._from_testcase for b in connexion.atomic_blocks):
        connexion.connection.execute("SET CONSTRAINTS attente IMMEDIATE")
        connexion.connection.execute("SET CONSTRAINTS attente DEFERRED")
    return executer(ordre, parametres, many, contexte)


@pytest.fixture(autouse=True)
def attentes_relues() -> Iterator[None]:
    """A test that commits reads what the service reads."""
    with connections["default"].execute_wrapper(apres_le_commit):
        yield


@pytest.fixture(autouse=True)
def demandes_oubliees() -> None:
    """What other tests looked for on the site, or had checked, is counted to none."""
    SEAUX.oublier()
    limite.oublier()


@pytest.fixture
def url_owner(nom_de_base: str) -> str:
    """URL of this worker's database as the owner, for tests of what even the owner cannot do."""
    return url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)


@pytest.fixture
def en_owner(django_db_setup: None, django_db_blocker: Any, url_owner: str) -> Iterator[None]:
    """The default connection is the owner's: what is loaded is seen by the selectors, then undone."""
    ancienne = connections["default"]
    reglages = {**ancienne.settings_dict, **base_de_donnees(url_owner)}
    with django_db_blocker.unblock():
        connexion = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, alias="default")
        connections["default"] = connexion
        selectors.oublier()
        try:
            with transaction.atomic():
                yield
                connexion.check_constraints()
                transaction.set_rollback(True)
        finally:
            connexion.close()
            connections["default"] = ancienne
            selectors.oublier()


@pytest.fixture
def url_runtime(nom_de_base: str) -> str:
    """URL of this worker's database as the runtime role, outside Django."""
    return url_de_base(os.environ["SNE_RUNTIME_URL"], nom_de_base)


@pytest.fixture
def sans_mesure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes started by this test are not traced: they start and work twice as fast."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture
def owner(url_owner: str) -> Iterator[psycopg.Connection]:
    """A connection of the owner, outside Django; each statement stays."""
    with psycopg.connect(url_owner, autocommit=True) as connexion:
        yield connexion


@pytest.fixture
def runtime(url_runtime: str) -> Iterator[psycopg.Connection]:
    """The same, of the service's role."""
    with psycopg.connect(url_runtime, autocommit=True) as connexion:
        yield connexion


@pytest.fixture
def var(settings: Any, tmp_path: Path) -> Path:
    """Files of the sending go to this test's own folder; no mail server is set."""
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""
    return tmp_path
