"""The address of the database: every parameter of it is obeyed, or refused at the start by its name."""

import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from config.env import Env
from config.settings.base import base_de_donnees
from sne.socle.replique import LECTURE

SOCLE = "postgresql://sne_runtime:un%20secret@base.exemple.fr:5432/sne"
SURE = f"{SOCLE}?sslmode=verify-full"


def options(url: str, *, pool: int = 0) -> dict[str, object]:
    lues = base_de_donnees(url, pool=pool)["OPTIONS"]
    assert isinstance(lues, dict)
    return lues


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The environment of the tests, which is no demonstration."""
    monkeypatch.delenv("SNE_DEMONSTRATION", raising=False)
    for nom in ("PGHOST", "PGHOSTADDR", "PGSSLMODE"):
        monkeypatch.delenv(nom, raising=False)
    return monkeypatch


def test_each_parameter_of_the_address_reaches_the_client() -> None:
    lues = options(f"{SURE}&sslrootcert=/etc/sne/ac.pem&connect_timeout=7&application_name=sne%20web")
    assert lues["sslmode"] == "verify-full"
    assert lues["sslrootcert"] == "/etc/sne/ac.pem"
    assert lues["connect_timeout"] == "7"
    assert lues["application_name"] == "sne web"


def test_role_secret_and_socket_are_read() -> None:
    lue = base_de_donnees("postgresql://sne_runtime:p%40ss@/sne?host=/run/postgresql&port=5433")
    assert [lue[cle] for cle in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        *("sne", "sne_runtime", "p@ss"),
        *("/run/postgresql", "5433"),
    ]


def test_several_hosts_are_all_tried() -> None:
    lue = base_de_donnees(
        "postgresql://r@n1:5432,n2:5433/sne?sslmode=verify-full&target_session_attrs=read-write"
    )
    assert (lue["HOST"], lue["PORT"]) == ("n1,n2", "5432,5433")
    assert options("postgresql://r@n1,n2/sne?target_session_attrs=read-write")["target_session_attrs"] == (
        "read-write"
    )


@pytest.mark.parametrize("pool", [0, 8])
def test_no_wait_on_the_network_is_without_end(pool: int) -> None:
    lues = options(SURE, pool=pool)
    assert lues["connect_timeout"] == 3
    assert lues["tcp_user_timeout"] == 15_000
    assert (lues["keepalives_idle"], lues["keepalives_interval"], lues["keepalives_count"]) == (10, 5, 3)


def test_pool_gives_up_sooner_than_a_person_does() -> None:
    pool = options(SURE, pool=8)["pool"]
    assert isinstance(pool, dict)
    assert {cle: pool[cle] for cle in ("timeout", "reconnect_timeout", "max_idle")} == {
        "timeout": 5,
        "reconnect_timeout": 5,
        "max_idle": 60,
    }


def test_a_replica_keeps_no_page_waiting() -> None:
    lues = base_de_donnees(SURE, pool=8, alias=LECTURE)["OPTIONS"]
    assert isinstance(lues, dict)
    assert (lues["pool"]["timeout"], lues["pool"]["reconnect_timeout"]) == (2, 5)


@pytest.mark.parametrize("variable", ["SNE_RUNTIME_URL", "SNE_OWNER_URL"])
@pytest.mark.parametrize(
    ("suite", "nom"),
    [("sslmod=verify-full", "sslmod"), ("ssl=true", "ssl"), ("service=prod", "service"), ("pool=3", "pool")],
)
def test_parameter_that_would_not_be_obeyed_is_named(
    production: pytest.MonkeyPatch, variable: str, suite: str, nom: str
) -> None:
    production.setenv(variable, f"{SURE}&{suite}")
    with pytest.raises(ValidationError, match=f"parameter {nom} ") as refus:
        Env()
    assert variable.removeprefix("SNE_").lower() in str(refus.value)
    assert "secret" not in str(refus.value)


@pytest.mark.parametrize(
    "url", ["", "n1:5432/sne", "host=n1 dbname=sne", "postgresql://r:secret@n1", f"{SURE}&sslkey"]
)
def test_address_that_cannot_be_read_is_refused_without_being_shown(
    production: pytest.MonkeyPatch, url: str
) -> None:
    production.setenv("SNE_RUNTIME_URL", url)
    with pytest.raises(ValidationError, match="postgresql://role:secret@host:port/base") as refus:
        Env()
    assert not url or url not in str(refus.value)


@pytest.mark.parametrize(
    "url",
    [
        SOCLE,
        f"{SOCLE}?sslmode=require",
        f"{SOCLE}?sslmode=verify-ca&sslrootcert=/etc/sne/ac.pem",
        "postgresql://r:s@127.0.0.1:5000/sne",
        "postgresql://r:s@/sne?host=/run/postgresql,n2",
        "postgresql://r:s@/sne?host=/run/postgresql&hostaddr=10.0.0.1",
    ],
)
def test_connection_that_may_be_listened_to_is_for_a_workstation(
    production: pytest.MonkeyPatch, url: str
) -> None:
    production.setenv("SNE_OWNER_URL", url)
    with pytest.raises(ValidationError, match="SNE_OWNER_URL wants sslmode=verify-full"):
        Env()
    production.setenv("SNE_DEMONSTRATION", "true")
    production.setenv("SNE_HTTPS", "true")
    with pytest.raises(ValidationError, match="SNE_OWNER_URL wants sslmode=verify-full"):
        Env()
    production.setenv("SNE_HTTPS", "false")
    assert Env().owner_url == url


@pytest.mark.parametrize(
    "url",
    [
        SURE,
        "postgresql://r:s@/sne?host=%2Frun%2Fpostgresql",
        "postgresql://r:s@/sne",
        "postgresql://r:s@base.exemple.fr/sne?hostaddr=127.0.0.1&port=5000&sslmode=verify-full",
    ],
)
def test_verified_connection_and_socket_are_for_everybody(production: pytest.MonkeyPatch, url: str) -> None:
    production.setenv("SNE_RUNTIME_URL", url)
    assert Env().runtime_url == url


def test_what_the_client_takes_from_elsewhere_counts(production: pytest.MonkeyPatch) -> None:
    production.setenv("SNE_RUNTIME_URL", "postgresql://r:s@/sne")
    production.setenv("PGHOST", "n1")
    with pytest.raises(ValidationError, match="SNE_RUNTIME_URL wants sslmode=verify-full"):
        Env()
    production.setenv("PGSSLMODE", "verify-full")
    assert Env().runtime_url


@pytest.mark.parametrize(
    ("donnee", "attendue"), [("", "statement_timeout=60s"), ("7", "statement_timeout=7s")]
)
def test_nobody_waits_longer_than_a_minute_for_a_page_unless_told_so(donnee: str, attendue: str) -> None:
    """Said by the settings of the web processes, not written into their environment."""
    montrer = (
        "import os; avant = dict(os.environ); import config.wsgi; from django.conf import settings;"
        "print(settings.DATABASES['default']['OPTIONS']['options']);"
        "print(sorted(n for n in os.environ if n not in avant))"
    )
    env = {nom: valeur for nom, valeur in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    env |= {"SNE_REQUETE_SECONDES": donnee} if donnee else {}
    fait = subprocess.run(
        [sys.executable, "-c", montrer], capture_output=True, text=True, check=True, env=env
    )
    options, ajoutees = fait.stdout.splitlines()
    assert {"idle_in_transaction_session_timeout=60s", attendue} <= set(options.split())
    assert ajoutees == "['DJANGO_SETTINGS_MODULE']"
