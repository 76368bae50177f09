"""The tus protocol, spoken by clients that we did not write and by hand."""

import base64
import hashlib
import io
import threading
from pathlib import Path
from typing import Any

import pytest
import requests
from django.test import Client
from tusclient.client import TusClient

from sne.documents.models import Document, Morceau, Objet, Televersement
from sne.documents.rules.televersements import lire_nom
from sne.documents.selectors import get_televersement
from sne.documents.televersement import conclure
from sne.socle import horloge
from tests.documents.adresses import OCTETS
from tests.documents.factories import LIMITES, adresses, fichiers, pdf

TUS = {"Tus-Resumable": "1.0.0"}
PDF = pdf(10)
CORPS = "application/offset+octet-stream"

pytestmark = pytest.mark.urls("tests.documents.adresses")


def nouveau(client: Client, taille: int = len(PDF), **entetes: str) -> str:
    """Where an upload begun goes on."""
    nom = base64.b64encode("avis d’été.pdf".encode()).decode()
    entetes = {**TUS, "Upload-Length": str(taille), "Upload-Metadata": f"type cGRm,filename {nom}"} | entetes
    reponse = client.post("/envois/", b"", content_type="text/plain", headers=entetes)
    assert reponse.status_code == 201, reponse.content
    return str(reponse["Location"])


def envoyer(client: Client, adresse: str, octets: bytes, debut: int, **entetes: str) -> Any:
    """One PATCH."""
    return client.patch(
        adresse, octets, content_type=CORPS, headers={**TUS, "Upload-Offset": str(debut), **entetes}
    )


@pytest.fixture
def client(db: None) -> Client:
    """A sender."""
    return Client()


def test_what_is_spoken_here(client: Client) -> None:
    reponse = client.options("/envois/")
    assert (reponse.status_code, reponse["Tus-Version"], reponse["Tus-Max-Size"]) == (
        204,
        "1.0.0",
        str(OCTETS),
    )
    assert set(reponse["Tus-Extension"].split(",")) >= {"creation", "termination", "expiration", "checksum"}
    assert "sha1" in reponse["Tus-Checksum-Algorithm"]


def test_another_version_is_not_spoken(client: Client) -> None:
    reponse = client.post("/envois/", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "4"})
    assert (reponse.status_code, reponse["Tus-Version"]) == (412, "1.0.0")


def test_begun_continued_and_where_it_is(client: Client) -> None:
    adresse = nouveau(client)
    assert envoyer(client, adresse, PDF[:500], 0)["Upload-Offset"] == "500"
    reponse = client.head(adresse, headers=TUS)
    assert (reponse["Upload-Offset"], reponse["Upload-Length"]) == ("500", str(len(PDF)))
    assert reponse["Cache-Control"] == "no-store"
    assert reponse["Upload-Expires"].endswith("GMT")
    lu = get_televersement(Televersement.objects.get().id, proprietaire="moi", le=horloge.maintenant())
    assert lu is not None
    assert lu.nom == "avis d’été.pdf"


def test_begun_with_its_first_bytes(client: Client) -> None:
    reponse = client.post(
        "/envois/", PDF[:50], content_type=CORPS, headers={**TUS, "Upload-Length": str(len(PDF))}
    )
    assert (reponse.status_code, reponse["Upload-Offset"]) == (201, "50")


def test_network_that_knows_get_and_post_only(client: Client) -> None:
    adresse = nouveau(client)
    entetes = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(adresse, PDF[:10], content_type=CORPS, headers=entetes)["Upload-Offset"] == "10"
    entetes = {**TUS, "X-HTTP-Method-Override": "DELETE"}
    assert client.post(adresse, headers=entetes).status_code == 204


@pytest.mark.parametrize("taille", ["", "-4", "4.5", "quatre", "٤", "9" * 16])
def test_length_that_says_nothing(client: Client, taille: str) -> None:
    reponse = client.post("/envois/", headers={**TUS, "Upload-Length": taille})
    assert reponse.status_code == 400
    assert "Upload-Length" in reponse.content.decode()


@pytest.mark.parametrize(("taille", "statut"), [("0", 400), (str(OCTETS + 1), 413)])
def test_length_refused(client: Client, taille: str, statut: int) -> None:
    reponse = client.post("/envois/", headers={**TUS, "Upload-Length": taille})
    assert reponse.status_code == statut
    assert not Televersement.objects.exists()


def test_metadata_that_is_no_base_64(client: Client) -> None:
    entetes = {**TUS, "Upload-Length": "4", "Upload-Metadata": "filename é"}
    assert client.post("/envois/", headers=entetes).status_code == 400


def test_too_many_at_once(client: Client) -> None:
    for _ in range(5):
        nouveau(client)
    reponse = client.post("/envois/", headers={**TUS, "Upload-Length": "4"})
    assert (reponse.status_code, "5 envois" in reponse.content.decode()) == (429, True)


def test_wrong_place_is_a_conflict_that_says_where_it_is(client: Client) -> None:
    adresse = nouveau(client)
    envoyer(client, adresse, PDF[:10], 0)
    reponse = envoyer(client, adresse, PDF[10:20], 12)
    assert (reponse.status_code, reponse["Upload-Offset"]) == (409, "10")


def test_more_than_announced(client: Client, dossier: Path) -> None:
    adresse = nouveau(client, 10)
    assert envoyer(client, adresse, b"x" * 11, 0).status_code == 413
    assert fichiers(dossier) == []


def test_body_of_another_type(client: Client) -> None:
    adresse = nouveau(client)
    reponse = client.patch(adresse, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"})
    assert reponse.status_code == 415


@pytest.mark.parametrize("algorithme", ["sha1", "sha256"])
def test_checksum(client: Client, algorithme: str, dossier: Path) -> None:
    adresse = nouveau(client)
    somme = base64.b64encode(hashlib.new(algorithme, PDF[:100]).digest()).decode()
    faux = {"Upload-Checksum": f"{algorithme} {somme}"}
    assert envoyer(client, adresse, b"autre", 0, **faux).status_code == 460
    assert (Morceau.objects.count(), fichiers(dossier)) == (0, [])
    assert envoyer(client, adresse, PDF[:100], 0, **faux).status_code == 204


@pytest.mark.parametrize("controle", ["md5 eA==", "sha1 é", "sha1"])
def test_checksum_that_says_nothing(client: Client, controle: str) -> None:
    reponse = envoyer(client, nouveau(client), b"x", 0, **{"Upload-Checksum": controle})
    assert reponse.status_code in {400, 460}
    assert not Morceau.objects.exists()


def test_checksum_is_of_one_piece(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.documents.televersement.MORCEAU", 10)
    reponse = envoyer(client, nouveau(client), PDF[:11], 0, **{"Upload-Checksum": "sha1 eA=="})
    assert reponse.status_code == 413


@pytest.mark.parametrize("geste", ["HEAD", "PATCH", "DELETE"])
def test_another_sender_finds_nothing(client: Client, geste: str) -> None:
    adresse = nouveau(client)
    entetes = {**TUS, "Upload-Offset": "0", "X-Qui": "autre"}
    reponse = client.generic(geste, adresse, b"x", content_type=CORPS, headers=entetes)
    assert reponse.status_code == 404
    assert Televersement.objects.get().recu == 0


def test_given_up(client: Client) -> None:
    adresse = nouveau(client)
    envoyer(client, adresse, PDF[:10], 0)
    assert client.delete(adresse, headers=TUS).status_code == 204
    assert client.head(adresse, headers=TUS).status_code == 404
    assert not Objet.objects.exists()


@pytest.mark.parametrize(
    ("dit", "lu"),
    [
        (r"C:\Users\moi\avis.pdf", "avis.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00\n\u202eb.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("", "Fichier sans nom"),
    ],
)
def test_name_fit_to_be_shown(dit: str, lu: str) -> None:
    assert lire_nom(f"filename {base64.b64encode(dit.encode()).decode()}") == lu
    assert lire_nom("") == "Fichier sans nom"


@pytest.mark.django_db(transaction=True)
class TestServi:
    """Over a real server."""

    def test_a_client_of_others_is_cut_and_goes_on(self, live_server: Any, dossier: Path) -> None:
        ecrit = TusClient(f"{live_server}/envois/")
        envoi = ecrit.uploader(file_stream=io.BytesIO(PDF), chunk_size=600, metadata={"filename": "a.pdf"})
        envoi.upload(stop_at=600)
        repris = ecrit.uploader(file_stream=io.BytesIO(PDF), chunk_size=600, url=envoi.url)
        assert repris.offset == 600
        repris.upload()
        (ligne,) = Televersement.objects.all()
        lu = conclure(ligne.id, proprietaire="moi", limites=LIMITES, survenu_le=horloge.maintenant())
        assert lu.document
        assert bytes(Document.objects.get().empreinte or b"") == hashlib.sha256(PDF).digest()
        assert fichiers(dossier) == adresses()

    def test_two_at_once_leave_one_sequence(self, live_server: Any, dossier: Path) -> None:
        url = requests.post(
            f"{live_server}/envois/", headers={**TUS, "Upload-Length": "3000"}, timeout=60
        ).headers["Location"]
        depart, statuts = threading.Barrier(4), []

        def un(signe: bytes) -> None:
            depart.wait()
            entetes = {**TUS, "Upload-Offset": "0", "Content-Type": CORPS}
            statuts.append(
                requests.patch(f"{live_server}{url}", signe * 1000, headers=entetes, timeout=60).status_code
            )

        fils = [threading.Thread(target=un, args=(signe,)) for signe in (b"a", b"b", b"c", b"d")]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
        assert sorted(statuts) == [204, 409, 409, 409]
        assert Televersement.objects.get().recu == 1000
        assert Morceau.objects.count() == 1
        assert fichiers(dossier) == adresses()
        assert len(adresses()) == 1
