"""Files sent ahead of the form: those of one's perimeter, one's own, kept until the form is right, joined as any."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sne.documents import boite
from sne.documents.models import Document, Televersement
from sne.registre.pieces.models import Piece
from tests.documents.factories import pdf
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_agent, creer_dpo
from tests.registre import factories as f

pytestmark = pytest.mark.usefixtures("jour_des_essais")
IDENTITE = "?type=IDENTITE&qui=demandeur"
PDF = pdf(2)
TUS = {"Tus-Resumable": "1.0.0"}
CORPS = "application/offset+octet-stream"


@pytest.fixture
def nud(db: None) -> str:
    return f.deposer().nud


def envoyer(
    client: Client, nud: str, octets: bytes = PDF, *, taille: int | None = None, suite: str = ""
) -> str:
    """A file sent; the address of its upload."""
    entetes = {**TUS, "Upload-Length": str(taille or len(octets)), "Upload-Metadata": "filename YXZpcy5wZGY="}
    reponse = client.post(
        f"/demandes/{nud}/televersements/{suite}", b"", content_type="text/plain", headers=entetes
    )
    assert reponse.status_code == 201, reponse.content
    adresse = reponse["Location"]
    reponse = client.patch(adresse, octets, content_type=CORPS, headers={**TUS, "Upload-Offset": "0"})
    assert reponse.status_code == 204
    return str(adresse)


def conclure(client: Client, adresse: str) -> dict[str, str]:
    """What is said of the file once it is whole."""
    return dict(json.loads(client.post(f"{adresse}conclure/").content))


def ajouter(client: Client, nud: str, *adresses: str, **champs: Any) -> Any:
    cles = [adresse.rstrip("/").rsplit("/", 1)[-1] for adresse in adresses]
    return client.post(
        f"/demandes/{nud}/pieces/ajouter/{IDENTITE}",
        {"qui": "demandeur", "nature": "CNI", "televersements": cles} | champs,
    )


def test_file_sent_ahead_is_joined_with_the_form(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud)
    dit = conclure(agent, adresse)
    assert (dit["refus"], dit["phrase"].startswith("Reçu, ")) == ("", True)
    page = texte(agent.get(f"/demandes/{nud}/pieces/ajouter/{IDENTITE}"))
    assert "avis.pdf" in page
    assert "Il sera joint quand vous aurez rempli cette page." in page
    assert ajouter(agent, nud, adresse).headers["Location"] == f"/demandes/{nud}/pieces/"
    piece = Piece.objects.get()
    document = Document.objects.get()
    assert (piece.document, document.rattache_le is not None) == (document.id, True)
    assert not Televersement.objects.exists()


def test_file_sent_ahead_and_not_taken_in_yet_is_taken_in_with_the_form(agent: Client, nud: str) -> None:
    ajouter(agent, nud, envoyer(agent, nud), fichiers=[SimpleUploadedFile("b.pdf", pdf(1))])
    assert Piece.objects.count() == 2


def test_file_refused_says_why_at_once(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud, b"MZ\x90")
    assert "PDF" in conclure(agent, adresse)["refus"]
    page = agent.get(f"/demandes/{nud}/pieces/ajouter/{IDENTITE}")
    assert "avis.pdf" not in texte(page)
    lue = texte(ajouter(agent, nud, adresse))
    assert "avis.pdf\u00a0: " in lue
    assert not Piece.objects.exists()


def test_file_half_sent_waits_and_says_where_it_is(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud, PDF[: len(PDF) // 2], taille=len(PDF))
    assert "pas arrivé en entier" in conclure(agent, adresse)["refus"]
    page = texte(agent.get(f"/demandes/{nud}/pieces/ajouter/{IDENTITE}"))
    assert "Interrompu à 49\u00a0%" in page or "Interrompu à 50\u00a0%" in page
    lue = texte(ajouter(agent, nud, adresse))
    assert "n’est pas arrivé en entier" in lue
    assert Televersement.objects.exists()


def test_same_file_twice_is_refused_beside_its_name(agent: Client, nud: str) -> None:
    ajouter(agent, nud, envoyer(agent, nud))
    lue = texte(ajouter(agent, nud, envoyer(agent, nud)))
    assert "avis.pdf\u00a0: Ce fichier est déjà dans le dossier" in lue
    assert not Televersement.objects.exists()
    assert Document.objects.exclude(etat="EFFACE").count() == 1


def test_file_named_twice_by_a_form_is_joined_once(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud)
    assert ajouter(agent, nud, adresse, adresse).status_code == 302
    assert Piece.objects.count() == 1


def test_form_sent_twice_at_once_says_that_the_file_is_there(
    agent: Client, nud: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    adresse = envoyer(agent, nud)
    conclure(agent, adresse)
    lire = boite.televersement.conclure

    def l_autre_passe(*args: Any, **kwargs: Any) -> Any:
        lu = lire(*args, **kwargs)
        monkeypatch.undo()
        assert ajouter(agent, nud, adresse).status_code == 302
        return lu

    monkeypatch.setattr(boite.televersement, "conclure", l_autre_passe)
    assert "Ce fichier vient d’être ajouté au dossier" in texte(ajouter(agent, nud, adresse))
    assert Piece.objects.count() == 1


def test_form_to_correct_loses_no_file(agent: Client, nud: str) -> None:
    reponse = ajouter(
        agent,
        nud,
        qui="",
        fichiers=[SimpleUploadedFile("lisible.pdf", PDF), SimpleUploadedFile("virus.exe", b"MZ")],
    )
    lue = texte(reponse)
    assert "hoisissez la personne" in lue
    assert "virus.exe\u00a0: " in lue
    envoi = Televersement.objects.get(refus="")
    assert f'value="{envoi.id}"' in reponse.content.decode()
    assert ajouter(agent, nud, f"/{envoi.id}/").status_code == 302
    assert Piece.objects.count() == 1


def test_file_kept_aside_is_taken_back_by_the_form(agent: Client, nud: str) -> None:
    deux = [SimpleUploadedFile("a.pdf", pdf(1)), SimpleUploadedFile("b.pdf", pdf(2))]
    ajouter(agent, nud, qui="", fichiers=deux)
    a, b = (str(t.id) for t in Televersement.objects.order_by("id"))
    suite = [SimpleUploadedFile("c.pdf", pdf(3)), SimpleUploadedFile("virus.exe", b"MZ")]
    reponse = ajouter(agent, nud, qui="", explication="Mariage", retirer=a, fichiers=suite)
    lue, brute = texte(reponse), reponse.content.decode()
    assert "a.pdf\u00a0: retiré." in lue
    assert "virus.exe\u00a0: " in lue
    assert "Mariage" in lue
    assert "hoisissez la personne concernée." not in lue
    assert (a in brute, "c.pdf" in lue) == (False, True)
    assert f'value="{b}" id="envoye-1" aria' in brute  # it was not ticked any more
    assert 'Retirer<span class="fr-sr-only"> b.pdf</span>' in brute
    assert ajouter(agent, nud, qui="", retirer=a).status_code == 200
    assert ajouter(agent, nud, f"/{b}/").status_code == 302
    assert Piece.objects.count() == 1


def test_file_of_somebody_else_is_not_taken_back(agent: Client, nud: str) -> None:
    ajouter(agent, nud, qui="", fichiers=[SimpleUploadedFile("a.pdf", pdf(1))])
    autre = connecter(Client(), creer_agent(courriel="autre@exemple.fr"))
    ajouter(autre, nud, retirer=str(Televersement.objects.get().id))
    assert Televersement.objects.count() == 1


def test_no_file_at_all_is_said(agent: Client, nud: str) -> None:
    assert "hoisissez au moins un fichier" in texte(ajouter(agent, nud))
    assert "hoisissez au moins un fichier" in texte(ajouter(agent, nud, televersements=["n’importe quoi"]))


def test_another_account_finds_nothing(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud)
    autre = connecter(Client(), creer_agent(courriel="autre@exemple.fr"))
    assert autre.head(adresse, headers=TUS).status_code == 404
    entetes = {**TUS, "Upload-Offset": str(len(PDF))}
    assert autre.patch(adresse, b"x", content_type=CORPS, headers=entetes).status_code == 404
    assert autre.delete(adresse, headers=TUS).status_code == 404
    assert autre.post(f"{adresse}conclure/").status_code == 404
    assert "avis.pdf" not in texte(autre.get(f"/demandes/{nud}/pieces/ajouter/{IDENTITE}"))
    assert "existe pas" in texte(ajouter(autre, nud, adresse))
    assert not Piece.objects.exists()


def test_file_sent_for_another_demande_is_not_joined(agent: Client, nud: str) -> None:
    ailleurs = f.deposer(f.contenu(demandeur=f.personne("Autre"))).nud
    assert "existe pas" in texte(ajouter(agent, nud, envoyer(agent, ailleurs)))
    assert not Piece.objects.exists()


def test_only_whoever_may_add_documents_sends_some(nud: str, agent: Client) -> None:
    dpo = connecter(Client(), creer_dpo())
    entetes = {**TUS, "Upload-Length": "4"}
    assert dpo.post(f"/demandes/{nud}/televersements/", headers=entetes).status_code == 403
    assert agent.post("/demandes/0990000000000000AA/televersements/", headers=entetes).status_code == 404
    assert Client().post(f"/demandes/{nud}/televersements/", headers=entetes).status_code == 302
    assert not Televersement.objects.exists()


def test_a_forged_page_sends_nothing(nud: str, agent: Client) -> None:
    sans_jeton = Client(enforce_csrf_checks=True)
    sans_jeton.cookies = agent.cookies
    adresse = envoyer(agent, nud)
    entetes = {**TUS, "Upload-Length": "4"}
    assert sans_jeton.post(f"/demandes/{nud}/televersements/", headers=entetes).status_code == 403
    assert sans_jeton.delete(adresse, headers=TUS).status_code == 403
    assert Televersement.objects.count() == 1


def test_given_up(agent: Client, nud: str) -> None:
    adresse = envoyer(agent, nud)
    conclure(agent, adresse)
    assert agent.delete(adresse, headers=TUS).status_code == 204
    assert agent.get(adresse).status_code == 405
    assert agent.post(adresse, headers=TUS).status_code == 404
    assert Document.objects.get().etat == "EFFACE"


def test_replacement_takes_one_file_sent_ahead(agent: Client, nud: str) -> None:
    ajouter(agent, nud, envoyer(agent, nud, pdf(1)))
    ancienne = Piece.objects.get()
    adresse = f"/demandes/{nud}/pieces/{ancienne.id}/remplacer/"
    un, deux = (envoyer(agent, nud, pdf(n), suite=f"?piece={ancienne.id}") for n in (3, 4))
    assert f"?piece={ancienne.id}" in agent.get(adresse).content.decode()
    cles = [a.rstrip("/").rsplit("/", 1)[-1] for a in (un, deux)]
    champs = {"qui": "demandeur", "nature": "CNI"}
    lue = texte(agent.post(adresse, {**champs, "televersements": cles}))
    assert "Choisissez un seul fichier" in lue
    fichiers = [SimpleUploadedFile("a.pdf", pdf(5)), SimpleUploadedFile("vide.pdf", b"")]
    lue = texte(agent.post(adresse, {**champs, "fichiers": fichiers}))
    assert "vide.pdf\u00a0: Ce fichier est vide" in lue
    assert agent.post(adresse, {**champs, "televersements": cles[:1]}).status_code == 302
    assert Piece.objects.get(remplace=ancienne).remplace_id == ancienne.id


def test_upload_of_nobody(agent: Client) -> None:
    assert agent.head(reverse("televersement", args=[uuid.uuid4()]), headers=TUS).status_code == 404
