"""A form beyond what one request may hold: its page again, with the limit and the remedy, never a bare 400."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sne.documents.models import Document, Televersement
from sne.registre.pieces.models import Piece
from tests.documents.factories import pdf
from tests.guichet.parcours import texte
from tests.registre import factories as f

SUITE = "pieces/ajouter/?type=IDENTITE&qui=demandeur"


def test_more_files_than_the_form_takes(agent: Client) -> None:
    adresse = f"/demandes/{f.deposer().nud}/{SUITE}"
    assert "20\u00a0fichiers au plus à la fois, 50\u00a0Mo et 150\u00a0pages au plus chacun" in texte(
        agent.get(adresse)
    )
    fichiers = [SimpleUploadedFile(f"{n}.pdf", pdf(n + 1)) for n in range(2)]
    fichiers += [SimpleUploadedFile(f"{n}.pdf", b"MZ") for n in range(2, 104)]
    reponse = agent.post(
        adresse,
        {"qui": "demandeur", "nature": "CNI", "explication": "Son nom d’usage", "fichiers": fichiers},
    )
    page = texte(reponse)
    assert "Les 84\u00a0derniers n’ont pas été reçus. Choisissez de nouveau ces fichiers" in page
    assert "Son nom d’usage" in page
    assert "2\u00a0fichiers ajoutés au dossier" in page
    assert all(f"<li>{n}.pdf</li>" in reponse.content.decode() for n in (20, 99, 100, 103))
    assert Piece.objects.count() == 2


def test_more_files_than_the_form_takes_and_something_to_correct(agent: Client) -> None:
    adresse = f"/demandes/{f.deposer().nud}/{SUITE}"
    fichiers = [SimpleUploadedFile(f"{n}.pdf", pdf(1) if n < 3 else b"MZ") for n in range(21)]
    page = texte(agent.post(adresse, {"qui": "", "explication": "Mariage", "fichiers": fichiers}))
    assert "Le dernier n’a pas été reçu. Choisissez de nouveau ce fichier" in page
    assert "Mariage" in page
    assert (Piece.objects.count(), Televersement.objects.filter(refus="").count()) == (0, 3)


def test_more_files_than_a_request_may_hold(agent: Client) -> None:
    adresse = f"/demandes/{f.deposer().nud}/{SUITE}"
    fichiers = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(1001)]
    reponse = agent.post(adresse, {"qui": "demandeur", "nature": "CNI", "fichiers": fichiers})
    assert reponse.headers["Location"] == adresse
    page = texte(agent.get(adresse))
    assert "vous en avez envoyé plus de 1000 à la fois, et rien n’a été reçu" in page
    assert (Piece.objects.count(), Document.objects.count()) == (0, 0)


def test_more_answers_than_a_form_may_hold(agent: Client) -> None:
    adresse = f"/demandes/{f.deposer().nud}/{SUITE}"
    for entetes in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        donnees = {str(n): "x" for n in range(1001)} if not entetes else "&".join(["a=b"] * 1001)
        assert agent.post(adresse, donnees, **entetes).headers["Location"] == adresse
        assert "plus de 1000 réponses à la fois, et rien n’a été enregistré" in texte(agent.get(adresse))


def test_text_heavier_than_a_form_may_hold(agent: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000
    adresse = f"/demandes/{f.deposer().nud}/{SUITE}"
    for entetes in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        donnees = "explication=" + "x" * 3_000 if entetes else {"explication": "x" * 3_000}
        assert agent.post(adresse, donnees, **entetes).headers["Location"] == adresse
        assert "pèsent plus de 2\u00a0ko, et rien n’a été enregistré" in texte(agent.get(adresse))


def test_page_of_the_form_is_the_one_it_was_on_and_of_this_site(agent: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    for venue, retour in (
        ("http://testserver/demandes/1/pieces/?page=2#t", "/demandes/1/pieces/?page=2"),
        ("https://ailleurs.example/piege/", "/listes/pieces/"),
    ):
        reponse = agent.post("/listes/pieces/", {"a": "1", "b": "2"}, headers={"referer": venue})
        assert reponse.headers["Location"] == retour
