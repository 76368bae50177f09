"""Sixteen clients who register while web, worker and database are killed in turn, and what they were told."""

import http.client
import itertools
import os
import signal
import threading
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import psycopg

from outils.exercices.clients import Client, Menage, menage
from tests.demo.demonstration import Demonstration, attendre, vit

CLIENTS = 16
FRAPPES = ("web", "travailleur", "base")
TOURS = int(os.environ.get("SNE_COUPS_TOURS", "2"))  # ``make soak`` asks for many
TOURS_AU_PLUS = 50  # more turns than asked, until each process fell
SEUIL_ENTRE_COUPS = 1.5  # seconds


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


def lire(demo: Demonstration, ordre: str, *valeurs: object) -> tuple[Any, ...]:
    """The one row that a query gives."""
    with psycopg.connect(demo.description["base"]["owner"]) as connexion:
        ligne = connexion.execute(ordre, valeurs or None).fetchone()
    assert ligne is not None
    return tuple(ligne)
