"""Files of a page, in an interface that knows neither demande nor counter: announced, joined, refused, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sne.documents.models import Document, Televersement
from tests.documents.factories import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.documents.adresses")]
UN = pdf(1)
ENTETES = {"Tus-Resumable": "1.0.0"}


def envoyer(client: Client, octets: bytes) -> str:
    """The address of a file sent ahead."""
    entetes = {**ENTETES, "Upload-Length": str(len(octets)), "Upload-Metadata": "filename YS5wZGY="}
    reponse = client.post("/envois/", octets, content_type="application/offset+octet-stream", headers=entetes)
    assert reponse.status_code == 201
    return str(reponse["Location"])


def test_limits_are_said_beforehand(client: Client) -> None:
    page = client.get("/page/").content.decode()
    assert "5\u00a0fichiers au plus à la fois, 5\u00a0Mo et 20\u00a0pages au plus chacun." in page
    assert 'data-reg-adresse="/envois/"' in page


def test_sent_ahead_then_with_the_form(client: Client) -> None:
    adresse = envoyer(client, UN)
    assert client.post(f"{adresse}conclure/").json()["phrase"].startswith("Reçu, 1\u00a0page, ")
    assert "a.pdf" in client.get("/page/").content.decode()
    cle = adresse.strip("/").rsplit("/", 1)[-1]
    fichiers = [SimpleUploadedFile("b.pdf", pdf(2)), SimpleUploadedFile("c.pdf", UN)]
    page = client.post("/page/", {"televersements": cle, "fichiers": fichiers}).content.decode()
    assert "c.pdf\u00a0: Déjà joint." in page
    assert sorted(Document.objects.values_list("nombre_pages", "etat")) == [
        (0, "EFFACE"),
        (1, "DISPONIBLE"),
        (2, "DISPONIBLE"),
    ]
    assert not Televersement.objects.exists()


def test_too_many_are_named(client: Client) -> None:
    fichiers = [SimpleUploadedFile(f"{n}.pdf", b"MZ") for n in range(7)]
    page = client.post("/page/", {"fichiers": fichiers}).content.decode()
    assert "<li>5.pdf</li><li>6.pdf</li>" in page
    assert "4.pdf\u00a0: " in page
