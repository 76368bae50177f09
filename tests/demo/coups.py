"""Sixteen clients register while web, worker and database are killed in turn: nothing is lost or double."""

import http.client
import itertools
import os
import signal
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import psycopg
import pytest

from sne.demo.comptes import COMPTES
from tests.demo.clients import Client, Menage, menage
from tests.demo.demonstration import Demonstration, attendre, vit

CLIENTS = 16
FRAPPES = ("web", "travailleur", "base")
TOURS = int(os.environ.get("SNE_COUPS_TOURS", "2"))  # ``make soak`` asks for many
TOURS_AU_PLUS = 50  # more turns than asked, until each process fell
SEUIL_ENTRE_COUPS = 1.5  # seconds


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    demonstration = Demonstration(tmp_path_factory.mktemp("coups"), taille=0)
    demonstration.demarrer()
    demonstration.se_connecter(COMPTES[0].courriel)
    yield demonstration
    demonstration.arreter()


def foyers(tour: int) -> list[Menage]:
    """For one turn: half of the clients bring the same household, in both roles; the others one each."""
    commun = menage(tour)
    communs = [commun if rang % 2 else commun.inverse() for rang in range(CLIENTS // 2)]
    return [*communs, *(menage(100 + tour * CLIENTS + rang) for rang in range(CLIENTS // 2))]


def repond(demo: Demonstration) -> bool:
    """Whether the web server serves a page."""
    try:
        with urllib.request.urlopen(f"http://localhost:{demo.port}/connexion/", timeout=5) as reponse:
            return bool(reponse.status == HTTPStatus.OK)
    except (OSError, http.client.HTTPException):
        return False


def frapper(demo: Demonstration, fini: threading.Event, coups: Counter[str]) -> None:
    """Kill each process in turn until the clients have finished, counting how many times each fell.

    The next blow waits for the service to answer again: on a slow machine a web server that is killed before it was
    ever ready would serve nobody.
    """
    for nom in itertools.cycle(FRAPPES):
        if fini.wait(SEUIL_ENTRE_COUPS):
            return
        pid = demo.pid(nom)
        if vit(pid):
            os.kill(pid, signal.SIGKILL)
            coups[nom] += 1
            attendre(lambda nom=nom, pid=pid: demo.pid(nom) != pid, f"{nom} back")
            attendre(lambda: fini.is_set() or repond(demo), f"an answer after {nom} fell")
    raise AssertionError("unreachable: the cycle has no end")


def enregistrer_sous_les_coups(demo: Demonstration) -> tuple[list[tuple[Menage, str]], Counter[str]]:
    """What each client was told, and the blows given meanwhile."""
    fini, coups = threading.Event(), Counter[str]()
    racine, cookies = f"http://localhost:{demo.port}", demo.cookies()
    with ThreadPoolExecutor(CLIENTS + 1) as fils:
        bourreau = fils.submit(frapper, demo, fini, coups)
        recus = []
        try:
            for tour in range(TOURS_AU_PLUS):
                if tour >= TOURS and all(coups[nom] for nom in FRAPPES):
                    break
                lot = foyers(tour)
                clients = [Client(racine, cookies) for _ in lot]
                numeros = fils.map(
                    lambda paire: paire[0].enregistrer(paire[1]), zip(clients, lot, strict=True)
                )
                recus += list(zip(lot, numeros, strict=True))
        except Exception as exc:
            raise AssertionError(demo.recit()) from exc
        finally:
            fini.set()
        bourreau.result()
        return recus, coups


def lire(demo: Demonstration, ordre: str) -> tuple[Any, ...]:
    """The one row that a query gives."""
    with psycopg.connect(demo.description["base"]["owner"]) as connexion:
        ligne = connexion.execute(ordre).fetchone()
    assert ligne is not None
    return tuple(ligne)


@pytest.fixture(scope="module")
def acquittes(demo: Demonstration) -> dict[frozenset[str], set[str]]:
    """The numbers that clients were given, by household, once the blows have stopped."""
    recus, coups = enregistrer_sous_les_coups(demo)
    assert all(coups[nom] for nom in FRAPPES), f"too few blows: {coups}"
    return {foyer.cle: {nud for f, nud in recus if f.cle == foyer.cle and nud} for foyer, _ in recus}


def test_every_household_gets_one_number(acquittes: dict[frozenset[str], set[str]]) -> None:
    tours, reste = divmod(len(acquittes), 1 + CLIENTS // 2)
    assert tours >= TOURS  # more of them when a process had not fallen yet
    assert reste == 0
    assert [len(nuds) for nuds in acquittes.values()] == [1] * len(acquittes)


def test_what_was_acknowledged_is_there_and_nothing_else(
    demo: Demonstration, acquittes: dict[frozenset[str], set[str]]
) -> None:
    numeros = sorted(nud for nuds in acquittes.values() for nud in nuds)
    assert lire(demo, 'SELECT array_agg(nud::text ORDER BY nud COLLATE "C") FROM demande') == (numeros,)
    assert lire(demo, "SELECT count(*) FROM place_ouverte") == (2 * len(numeros),)


def test_each_is_journalled_once(demo: Demonstration, acquittes: dict[frozenset[str], set[str]]) -> None:
    inscrites = lire(
        demo,
        "SELECT count(*), count(DISTINCT faits ->> 'numero'), count(DISTINCT demande) "
        "FROM journal_entree WHERE verbe = 'DEPOSER'",
    )
    assert inscrites == (len(acquittes),) * 3
    attendre(lambda: demo.sne("sante").returncode == 0, "healthy")
    assert demo.sne("journal", "verifier").returncode == 0


def test_each_is_attested_once(demo: Demonstration, acquittes: dict[frozenset[str], set[str]]) -> None:
    emises = "SELECT count(*), count(DISTINCT demande_id) FROM attestation"
    attendre(lambda: lire(demo, emises)[1] == len(acquittes), "all attested", delai=120)
    assert lire(demo, emises) == (len(acquittes), len(acquittes))
