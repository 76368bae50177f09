"""Figures: added up over the processes of one port, the ended ones too; an act counts once it is committed."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from prometheus_client.registry import REGISTRY

from sne.habilitations.verbes import VerbeHabilitation
from sne.journal.actions import inscrire
from sne.journal.rules import Entree, Verbe
from sne.notifications.actions import noter_tentative
from sne.notifications.rules import Issue, Resultat
from sne.registre.doublons.verbes import VerbeDoublon
from sne.socle import mesures
from sne.socle.acte import Acte
from sne.socle.journalisation import JournalisationMiddleware
from tests.notifications.factories import preparer
from tests.registre import factories as f

UNE_PAGE = """
from sne.socle import mesures
mesures.compter(route="demandes/", methode="GET", statut=200, secondes=0.02)
autre = mesures.en_cours()
autre.__enter__()
print("compté", flush=True)
input()
"""
DITE = 'sne_requetes_total{classe="2xx",methode="GET",route="demandes/"}'


def servir(dossier: Path) -> "subprocess.Popen[str]":
    """A process that counted a page, and is in the midst of another."""
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(dossier)}
    ordre = [sys.executable, "-c", UNE_PAGE]
    processus = subprocess.Popen(ordre, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert processus.stdout
    assert processus.stdout.readline() == "compté\n"
    return processus


def tuer(processus: "subprocess.Popen[str]") -> None:
    with processus:
        processus.kill()


def lire() -> dict[str, float]:
    lignes = [ligne for ligne in mesures.exposer().decode().splitlines() if not ligne.startswith("#")]
    return {nom: float(valeur) for nom, valeur in (ligne.rsplit(" ", 1) for ligne in lignes)}


def test_processes_of_one_port_are_added_up_and_those_that_ended_are_not_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = tmp_path / "mesures"
    monkeypatch.setattr(mesures, "DOSSIER", str(dossier))
    une, autre = servir(dossier), servir(dossier)
    try:
        lues = lire()
        assert (lues[DITE], lues["sne_requetes_en_cours"]) == (2, 2)
        tuer(une)
        lues = lire()
        assert (lues[DITE], lues["sne_requetes_en_cours"]) == (2, 1), "what it was doing ended with it"
        assert lues['sne_requete_secondes_bucket{le="0.025",route="demandes/"}'] == 2
    finally:
        tuer(une)
        tuer(autre)
    tuer(servir(dossier))
    assert [lire()[DITE] for _ in range(2)] == [3, 3]
    assert {fichier.name for fichier in dossier.glob("*.db")} == {"counter_0.db", "histogram_0.db"}, (
        "one file for all who ended, however many"
    )


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    mesures.preparer(str(tmp_path / "execution" / "web"))
    assert (tmp_path / "execution" / "web").is_dir()
    mesures.preparer("")


def test_a_request_counts_while_it_is_answered_even_when_it_fails() -> None:
    vues: list[float] = []

    def repondre(_: HttpRequest) -> HttpResponse:
        vues.append(lire()["sne_requetes_en_cours"])
        if len(vues) > 1:
            raise KeyError("panne")
        return HttpResponse()

    servi = JournalisationMiddleware(repondre)
    servi(HttpRequest())
    with pytest.raises(KeyError):
        servi(HttpRequest())
    assert (vues, lire()["sne_requetes_en_cours"]) == ([1, 1], 0)


@pytest.mark.django_db
def test_the_pool_of_connections_says_how_it_fares(monkeypatch: pytest.MonkeyPatch) -> None:
    dits = {"pool_size": 3, "requests_wait_ms": 1500, "requests_errors": 2}
    reserve = SimpleNamespace(get_stats=lambda: dits)
    connections["default"].close()  # made without any reserve
    monkeypatch.setattr(type(connections["default"]), "pool", reserve)
    mesures.compter(route=None, methode="PATCH", statut=503, secondes=5)
    lues = lire()
    noms = ("connexions", "attente_secondes", "echecs")
    assert [lues[f"sne_pool_{nom}"] for nom in noms] == [3, 1.5, 2]


def compte(nom: str, **etiquettes: str) -> float:
    return REGISTRY.get_sample_value(nom, etiquettes) or 0


@pytest.mark.django_db
def test_an_act_counts_by_its_verb_once_it_is_committed(django_capture_on_commit_callbacks: Any) -> None:
    def ecrire(verbe: Verbe) -> None:
        inscrire(Entree(verbe, Acte(f.creer_acteur(), f.MAINTENANT), territoire="099"))

    def lus() -> list[float]:
        verbes = ("CONNEXION", VerbeDoublon.RECHERCHER.value)
        return [*(compte("sne_actes_total", verbe=v) for v in verbes), compte("sne_recherches_total")]

    avant = lus()
    with django_capture_on_commit_callbacks(execute=True):
        ecrire(VerbeHabilitation.CONNEXION)
        ecrire(VerbeDoublon.RECHERCHER)
        with pytest.raises(KeyError), transaction.atomic():
            ecrire(VerbeHabilitation.CONNEXION)
            raise KeyError("given up")
        assert lus() == avant, "nothing is committed yet"
    assert [n - avant for n, avant in zip(lus(), avant, strict=True)] == [1, 1, 1]


@pytest.mark.django_db
def test_a_message_counts_by_its_channel_and_what_became_of_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    etiquettes = {"canal": "COURRIEL", "issue": "ACCEPTE"}
    avant = compte("sne_messages_total", **etiquettes)
    message = preparer(f.MAINTENANT)
    with django_capture_on_commit_callbacks(execute=True):
        noter_tentative(message.id, Resultat(Issue.ACCEPTE), acte=Acte(f.creer_acteur(), f.MAINTENANT))
    assert compte("sne_messages_total", **etiquettes) == avant + 1
