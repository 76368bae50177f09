"""``sne documents`` and its line in ``sne sante``: rows and stores agree, or the command fails and says where."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config.settings.base import storage_sur_disque
from sne.cli.diagnostic import diagnostiquer
from sne.documents.actions import demander_effacement
from sne.documents.rules import Verdict
from sne.journal.models import Entree
from sne.registre.pieces.tasks import balayer_documents
from sne.socle.horloge import maintenant
from tests.cli.commandes import sne
from tests.documents.factories import fichiers, garde
from tests.documents.serveurs import reglages_s3

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dossier(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Path:
    """The test's process holds its database already: the command must not look for another."""
    monkeypatch.setattr("sne.cli.commandes.documents.charger_django", lambda: None)
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path


def sante() -> tuple[bool, str]:
    """The line of the documents in the health of the service."""
    (controle,) = [c for c in diagnostiquer() if c.nom == "documents"]
    return controle.bon, controle.constat


def test_check_that_finds_nothing_succeeds() -> None:
    garde()
    fait = sne("documents", "verifier")
    assert (fait.code, fait.erreur) == (0, "")
    assert "Objets altérés" in fait.sortie
    assert "aucun écart" in fait.sortie
    assert sne("documents", "verifier", "--tailles", "--json").json == {
        "bon": True,
        "otes": 0,
        "objets": 2,
        "fichiers": 2,
        "a_effacer": 0,
        "anomalies": [],
    }


def test_check_that_finds_something_fails_and_says_where(dossier: Path) -> None:
    garde(pages=0)
    (adresse,) = fichiers(dossier)
    (dossier / "magasin" / adresse).rename(dossier / "magasin" / "intrus")
    fait = sne("documents", "verifier")
    assert fait.code == 1
    assert f"Objets dont les octets manquent : {adresse} disque" in fait.sortie
    assert "2 écart(s)" in fait.erreur
    assert sne("documents", "verifier", "--json").json["anomalies"] == [
        {"genre": "OCTETS_ABSENTS", "lieu": adresse, "magasin": "disque"},
        {"genre": "FICHIER_ORPHELIN", "lieu": "intrus", "magasin": "disque"},
    ]
    assert "Orphelins ôtés : 1." in sne("documents", "verifier", "--oter-orphelins").sortie
    assert fichiers(dossier) == []


def test_health_tells_what_waits() -> None:
    assert sante()[0]
    hier = maintenant() - timedelta(days=1)
    garde(b"recent", verdict=Verdict.MUET, survenu_le=maintenant())
    assert sante()[0]
    assert "1 en quarantaine" in sante()[1]
    garde(b"ancien", verdict=Verdict.MUET, survenu_le=hier)
    assert not sante()[0]


def test_health_tells_bytes_that_do_not_go() -> None:
    hier = maintenant() - timedelta(days=1)
    demander_effacement([garde(pages=0).id], territoire="099", survenu_le=hier)
    bon, constat = sante()
    assert (bon, "1 objet(s) à effacer" in constat) == (False, True)
    garde(b"oublie", survenu_le=hier - timedelta(hours=1))
    assert balayer_documents(0) == 1
    assert sante()[0]


def test_migration_without_the_other_store_fails_and_loses_nothing() -> None:
    garde(pages=0)
    fait = sne("documents", "migrer", "--vers", "s3")
    assert fait.code == 1
    assert "Relancez" in fait.erreur
    assert sne("documents", "migrer", "--vers", "disque", "--json").json == {
        "faits": 0,
        "octets": 0,
        "laisses": 0,
        "abimes": 0,
        "restants": 0,
    }
    assert sne("documents", "migrer", "--vers", "ailleurs").code == 2
    assert sne("documents", "verifier").code == 0


def test_altered_object_makes_the_migration_fail(settings: Any, dossier: Path) -> None:
    garde(pages=0)
    (adresse,) = fichiers(dossier)
    (dossier / "magasin" / adresse).unlink()
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3("http://127.0.0.1:9")}
    fait = sne("documents", "migrer", "--vers", "s3")
    assert (fait.code, "1 objet(s) absents ou altérés" in fait.erreur) == (1, True)


def test_rotation_is_counted_and_fails_on_a_key_that_is_gone(settings: Any) -> None:
    garde(pages=0)
    settings.CLES_DOCUMENTS = {**settings.CLES_DOCUMENTS, 2: b"\x44" * 32}
    assert sne("documents", "tourner-cles", "--json").json == {"faites": 1, "illisibles": 0}
    dits = [e.faits for e in Entree.objects.filter(verbe="TOURNER_CLES").order_by("inscrit_le", "id")]
    commun = {"trousseau": "SNE_CLES_DOCUMENTS", "numero": 2}
    assert dits == [{**commun, "etape": "DEBUT"}, {**commun, "etape": "FIN", "faites": 1, "illisibles": 0}]
    settings.CLES_DOCUMENTS = {3: b"\x55" * 32}
    fait = sne("documents", "tourner-cles")
    assert (fait.code, "SNE_CLES_DOCUMENTS" in fait.erreur) == (1, True)
