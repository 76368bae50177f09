"""Requests that no browser of ours sends: one sentence, never a failure; nothing is read of who is not wanted."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.test import Client

from tests.guichet.parcours import texte

FORMULAIRE = "application/x-www-form-urlencoded"
CONNEXION, RECHERCHE = "/connexion/", "/rechercher/"
GRAND = 300_000  # bytes


class Guet(FileUploadHandler):
    """Says that a file began to be read."""

    vus: list[str] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.vus.append(args[1])

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> None:
        """Nothing to give."""


@pytest.fixture
def guet(settings: Any) -> list[str]:
    """Names of the files whose reading began."""
    settings.FILE_UPLOAD_HANDLERS = [f"{__name__}.Guet"]
    Guet.vus.clear()
    return Guet.vus


@pytest.fixture
def passant(db: None) -> Client:
    """Nobody signed in; a failure is a page, as when served, and forms are checked for their token."""
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("jeu", ["utf-16", "utf-7", "rot13", "hex", "idna"])
@pytest.mark.parametrize("adresse", [CONNEXION, "/nulle/part/", "/deconnexion/"])
def test_form_in_other_signs_than_utf8(passant: Client, jeu: str, adresse: str) -> None:
    reponse = passant.generic("POST", adresse, b"courriel=x", content_type=f"{FORMULAIRE}; charset={jeu}")
    assert reponse.status_code == 400
    assert "UTF-8" in texte(reponse)
    assert {"Content-Security-Policy", "X-Request-ID"} <= set(reponse.headers)


def test_page_asked_for_in_other_signs_than_utf8(passant: Client) -> None:
    for jeu, statut in {"utf-16": 400, "UTF-8": 200, "utf8": 200, "inconnu": 200}.items():
        demande = passant.get(CONNEXION, CONTENT_TYPE=f"{FORMULAIRE}; charset={jeu}")
        assert demande.status_code == statut


def test_null_sign_anywhere(agent: Client) -> None:
    for reponse in (
        agent.get(RECHERCHE, {"q": "a\x00b"}),
        agent.get(RECHERCHE, {"\x00": "a"}),
        agent.get("/rechercher/%00/"),
        agent.post("/attestations/imprimer/", {"reference": "a\x00b"}),
        agent.post("/attestations/imprimer/", {"\x00": "a"}),
    ):
        assert reponse.status_code == 400
        assert "signe nul" in texte(reponse)


@pytest.mark.parametrize("adresse", [CONNEXION, RECHERCHE, "/nulle/part/"])
def test_no_large_file_of_a_stranger_is_read(passant: Client, guet: list[str], adresse: str) -> None:
    grand = SimpleUploadedFile("grand.pdf", b"x" * GRAND)
    reponse = passant.post(adresse, {"fichier": grand})
    assert reponse.status_code == 413
    assert "Connectez-vous" in texte(reponse)
    assert guet == []


def test_form_of_a_stranger_on_a_page_of_agents_is_not_read(passant: Client, guet: list[str]) -> None:
    reponse = passant.post("/mon-compte/mot-de-passe/", {"fichier": SimpleUploadedFile("petit.pdf", b"x")})
    assert (reponse.status_code, reponse.headers["Location"]) == (302, "/connexion/")
    assert guet == []


def test_form_that_stops_on_its_way(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def coupe(*_: Any) -> bytes:
        raise TimeoutError

    monkeypatch.setattr("django.core.handlers.wsgi.LimitedStream.read", coupe)
    assert agent.post("/mon-compte/mot-de-passe/", {"ancien": "x"}).status_code == 408
