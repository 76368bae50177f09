"""The same verbs on a disk and on a real S3-speaking server; failures that say what is known and what is not."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sne.documents.magasins import Absent, Depot, MagasinEnPanne, deposer_ensemble, magasin, magasins_connus
from sne.documents.magasins import s3 as module_s3
from sne.documents.magasins.s3 import MagasinS3
from sne.documents.models import Document, Objet
from sne.documents.quarantaine import reprendre_quarantaine
from sne.documents.rules import EtatDocument, Genre, Magasin, MagasinIndisponible, MagasinMuet, Verdict
from sne.documents.verification import verifier
from tests.documents.factories import MAINTENANT, OCTETS, contenu, fichiers, garde, pdf, recu
from tests.documents.serveurs import ServeurS3, reglages_s3, serveur_en_panne, serveur_s3
from tests.socle.gouttes import au_compte_gouttes

pytestmark = pytest.mark.django_db


@pytest.fixture(params=list(Magasin))
def depot(request: pytest.FixtureRequest, s3: ServeurS3) -> Depot:
    """Each store in turn."""
    return magasin(request.param)


def fichier(dossier: Path, octets: bytes) -> Path:
    """A file to put."""
    chemin = dossier / "a-poser"
    chemin.write_bytes(octets)
    return chemin


def test_what_is_put_is_read_whole_or_from_a_place(depot: Depot, dossier: Path) -> None:
    octets = os.urandom(300_000)
    depot.deposer("099/ab/un", fichier(dossier, octets))
    assert b"".join(depot.lire("099/ab/un")) == octets
    assert b"".join(depot.lire("099/ab/un", debut=299_990)) == octets[-10:]
    assert depot.taille("099/ab/un") == 300_000


def test_what_takes_several_requests_is_read_whole(
    depot: Depot, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_s3, "PLAGE", 70_000)
    for taille in (200_000, 210_000):  # the last one is short, or there is nothing after it
        octets = os.urandom(taille)
        depot.deposer("099/ab/un", fichier(dossier, octets))
        assert b"".join(depot.lire("099/ab/un")) == octets
        assert b"".join(depot.lire("099/ab/un", debut=100_000)) == octets[100_000:]


def test_what_is_empty_is_read_as_such(depot: Depot, dossier: Path) -> None:
    """It is there: the store answers, and what it holds is altered."""
    depot.deposer("099/ab/un", fichier(dossier, b""))
    assert b"".join(depot.lire("099/ab/un")) == b""


def test_what_is_put_again_replaces(depot: Depot, dossier: Path) -> None:
    for octets in (b"un", b"deux"):
        depot.deposer("099/ab/un", fichier(dossier, octets))
    assert b"".join(depot.lire("099/ab/un")) == b"deux"
    assert list(depot.lister()) == [("099/ab/un", 4)]


def test_what_is_not_there_is_absent_and_may_be_removed(depot: Depot, dossier: Path) -> None:
    depot.deposer("099/ab/un", fichier(dossier, b"un"))
    for _ in range(2):
        depot.supprimer("099/ab/un")
    with pytest.raises(Absent):
        next(depot.lire("099/ab/un"))
    with pytest.raises(Absent):
        depot.taille("099/ab/un")
    assert list(depot.lister()) == []


def test_several_are_put_together_and_one_that_fails_is_told_once_all_are_done(
    depot: Depot, dossier: Path, tmp_path: Path
) -> None:
    octets = [os.urandom(1000 + rang) for rang in range(5)]
    chemins = [tmp_path / f"blob-{rang}" for rang in range(5)]
    for chemin, clair in zip(chemins, octets, strict=True):
        chemin.write_bytes(clair)
    chemins[2].unlink()
    adresses = [f"099/ab/{rang}" for rang in range(5)]
    with pytest.raises((Absent, MagasinEnPanne)):
        deposer_ensemble([(depot, a, c) for a, c in zip(adresses, chemins, strict=True)])
    mis = {a: o for a, o in zip(adresses, octets, strict=True) if a != "099/ab/2"}
    assert {a: b"".join(depot.lire(a)) for a, _ in depot.lister()} == mis


def test_list_goes_past_its_first_page(depot: Depot, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_s3, "PAR_PAGE", 3)
    for rang in range(8):
        depot.deposer(f"099/{rang}", fichier(dossier, b"?"))
    assert [a for a, _ in depot.lister()] == [f"099/{rang}" for rang in range(8)]


def test_store_that_the_settings_do_not_describe(settings: Any) -> None:
    assert magasins_connus() == (Magasin.DISQUE,)
    with pytest.raises(MagasinEnPanne, match="no settings"):
        magasin("s3")


@pytest.fixture
def sur_s3(settings: Any, s3: ServeurS3) -> ServeurS3:
    """Documents go to the S3 server."""
    settings.MAGASIN_DES_DOCUMENTS = Magasin.S3
    return s3


def test_documents_live_on_s3(sur_s3: ServeurS3, dossier: Path) -> None:
    document = garde(pages=2)
    assert contenu(document) == OCTETS
    assert fichiers(dossier) == []
    constat = verifier(recu_avant=MAINTENANT)
    assert (constat.bon, constat.objets, constat.fichiers) == (True, 3, 3)
    depot = magasin("s3")
    assert not any(b"une page" in b"".join(depot.lire(adresse)) for adresse, _ in depot.lister())


@contextmanager
def impatient(settings: Any, adresse: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The store is at this address, and one second without an answer is enough."""
    monkeypatch.setattr(module_s3, "REPONSE_SECONDES", 1)
    monkeypatch.setattr(module_s3, "ESSAIS", 1)
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3(adresse)}
    yield


def exiger_la_panne(ouvert: Any) -> None:
    """Reception is refused in a sentence, nothing is said available, an opening says to come back."""
    with pytest.raises(MagasinMuet, match="de nouveau dans quelques minutes"):
        garde(b"pendant la panne")
    assert not Document.objects.filter(etat=EtatDocument.DISPONIBLE).exclude(id=ouvert.id).exists()
    with pytest.raises(MagasinIndisponible, match="Réessayez"):
        contenu(ouvert)
    constat = verifier(recu_avant=MAINTENANT)
    assert [a.genre for a in constat.anomalies] == [Genre.MAGASIN_MUET]


def test_server_that_refuses_every_request(
    sur_s3: ServeurS3, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = garde(pages=0)
    with serveur_en_panne() as adresse, impatient(settings, adresse, monkeypatch):
        exiger_la_panne(document)


def test_server_that_answers_nothing(
    sur_s3: ServeurS3, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = garde(pages=0)
    with sur_s3.fige(), impatient(settings, sur_s3.adresse, monkeypatch):
        exiger_la_panne(document)
    assert contenu(document) == OCTETS


def test_headers_that_come_byte_by_byte_say_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut, what came of them looks whole."""
    monkeypatch.setattr(module_s3, "TOTAL", 0.2)
    with (
        au_compte_gouttes() as port,
        impatient(settings, f"http://127.0.0.1:{port}", monkeypatch),
        pytest.raises(MagasinEnPanne, match="TimeoutError"),
    ):
        MagasinS3().supprimer("099/ab/un")


@pytest.mark.parametrize("gardee", [False, True])
def test_a_body_that_comes_byte_by_byte_is_cut(
    settings: Any, monkeypatch: pytest.MonkeyPatch, gardee: bool
) -> None:
    """On a new connection, and on one that is kept from the call before."""
    corps = b"HTTP/1.1 206 OK\r\nContent-Length: 200\r\nContent-Range: bytes 0-199/200\r\n\r\n", b""
    with (
        au_compte_gouttes(entiere_d_abord=gardee, autour=corps) as port,
        impatient(settings, f"http://127.0.0.1:{port}", monkeypatch),
    ):
        depot = MagasinS3()
        if gardee:
            depot.supprimer("099/ab/un")
        monkeypatch.setattr(module_s3, "TOTAL", 0.2)
        with pytest.raises(MagasinEnPanne, match="ResponseStreamingError"):
            next(depot.lire("099/ab/un"))


def test_server_that_is_gone(settings: Any, dossier: Path) -> None:
    settings.MAGASIN_DES_DOCUMENTS = Magasin.S3
    serveur = serveur_s3()
    serveur.vider()
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3(serveur.adresse)}
    document = garde(pages=0)
    en_quarantaine = garde(b"autre", verdict=Verdict.MUET)
    serveur.arreter()
    exiger_la_panne(document)
    assert reprendre_quarantaine() == 0
    assert Document.objects.get(id=en_quarantaine.id).etat == EtatDocument.QUARANTAINE


def test_failure_says_no_secret(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3("http://127.0.0.1:9")}
    with pytest.raises(MagasinEnPanne) as panne:
        magasin("s3").taille("099/ab/un")
    assert "secret" not in str(panne.value)
    assert str(panne.value) == "EndpointConnectionError"


def test_disk_that_is_full_refuses_in_a_sentence(dossier: Path) -> None:
    document = garde(pages=0)
    avant = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, avant[1]))
    try:
        with pytest.raises(MagasinMuet):
            recu(pdf(pages=1) + b"\n" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, avant)
    assert contenu(document) == OCTETS
    assert Objet.objects.count() == len(fichiers(dossier)) == 1
    assert list((dossier / "travail").iterdir()) == []


def test_disk_that_does_not_answer_is_said(dossier: Path) -> None:
    document = garde(pages=0)
    (adresse,) = fichiers(dossier)
    chemin = dossier / "magasin" / adresse
    chemin.unlink()
    chemin.mkdir()  # reading a folder fails, for root too
    with pytest.raises(MagasinIndisponible, match="ne répond pas"):
        contenu(document)
