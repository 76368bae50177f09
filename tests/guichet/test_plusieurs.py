"""One act on several files of a list: read again file by file, then done, each on its own, with a line for each."""

import re
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from sne.attestations.models import Attestation, Lot
from sne.attestations.rules import AttestationAEtablir
from sne.habilitations.models import Compte
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.registre.faits.models import Evenement
from tests.guichet.parcours import texte
from tests.guichet.test_listes import deposer, ouvrir, remplir

ECRIRE, PIECES, ATTESTATIONS = (reverse(f"plusieurs-{acte}") for acte in ("ecrire", "pieces", "attestations"))
HORS_LISTE = "0990619004127G0993"
VOIR, FAIRE = {"voir": "oui"}, {"voir": "oui", "faire": "oui"}


@pytest.fixture
def deux(agent: Client) -> list[str]:
    """Two files of the list that is open."""
    nuds = [deposer("Bastide", age=350), deposer("Abelin", age=320)]
    ouvrir(agent)
    return nuds


def lignes(page: str) -> dict[str, str]:
    """What is said of each file."""
    lues = re.findall(
        r'<th scope="row"><a href="/demandes/(\w+)/">.*?</th>\s*<td[^>]*>(.*?)</td>', page, re.DOTALL
    )
    return {
        nud: " ".join(re.sub(r"<[^>]+>", "", dit).replace("\u00a0", "~").split()).replace("~", "\u00a0")
        for nud, dit in lues
    }


def test_a_list_offers_what_its_reader_may_do(agent: Client, deux: list[str]) -> None:
    page = ouvrir(agent)
    for adresse in (ECRIRE, PIECES, ATTESTATIONS):
        assert f'formaction="{adresse}"' in page
    assert page.count('form="choisis" aria-label') == 2
    assert " checked" not in page
    toutes = ouvrir(agent, tout="oui")
    assert toutes.count(" checked aria-label") == 2
    assert "Ne rien choisir" in toutes


def test_several_households_are_written_to(agent: Client, deux: list[str]) -> None:
    """Nothing leaves before the preview was read; a refusal is said beside its file; only files of the open list."""
    choix = {"nud": [*deux, HORS_LISTE], "mot": "RENOUVELER", "precision": ""}
    page = texte(agent.post(ECRIRE, {"nud": deux}))
    assert "2\u00a0dossiers choisis" in page
    assert "Choisissez le message." not in page
    assert "Choisissez le message." in texte(agent.post(ECRIRE, {"nud": deux} | VOIR))
    apercu = texte(agent.post(ECRIRE, choix | VOIR))
    assert lignes(apercu) == dict.fromkeys(deux, "Renouvelez votre demande avant sa fin de validité.")
    assert "Envoyer&nbsp;: 2\u00a0dossiers" in apercu
    assert not Message.objects.filter(genre="MOT_DU_GUICHET").exists()
    fait = texte(agent.post(ECRIRE, choix | FAIRE))
    assert set(lignes(fait).values()) == {
        "Message écrit. «\u00a0Messages\u00a0», dans son dossier, en dit la suite."
    }
    assert "2 sur 2\u00a0dossiers" in fait
    assert Entree.objects.filter(verbe="ECRIRE_AU_MENAGE").count() == 2
    assert reverse("liste", args=["echeance"]) in fait
    for _ in range(2):
        agent.post(ECRIRE, choix | {"nud": deux[:1]} | FAIRE)
    fait = lignes(texte(agent.post(ECRIRE, choix | FAIRE)))
    assert "messages sont déjà partis" in fait[deux[0]]
    assert fait[deux[1]] == "Message écrit. «\u00a0Messages\u00a0», dans son dossier, en dit la suite."


def test_each_is_asked_for_what_it_lacks_and_once(agent: Client, deux: list[str]) -> None:
    choix = {"nud": deux, "reponse_avant": "10/12/2026"}
    assert "31/02/2026" in texte(agent.post(PIECES, choix | VOIR | {"reponse_avant": "31/02/2026"}))
    apercu = lignes(texte(agent.post(PIECES, choix | VOIR)))
    assert all("Avis d’impôt" in dit and dit.endswith("avant le 10/12/2026") for dit in apercu.values())
    assert set(apercu) == set(deux)
    assert not Evenement.objects.exists()
    fait = lignes(texte(agent.post(PIECES, {"nud": deux[:1], "reponse_avant": ""} | FAIRE)))
    assert "Pièces demandées." in fait[deux[0]]
    evenement = Evenement.objects.get()
    assert evenement.demande.nud == deux[0]
    apercu = texte(agent.post(PIECES, choix | VOIR))
    assert "rien ne manque, ou tout l’a déjà été" in lignes(apercu)[deux[0]]
    assert re.findall(r'name="nud" value="(\w+)"', apercu) == deux[1:]
    assert "Demander ces pièces&nbsp;: 1\u00a0dossier" in apercu
    assert 'value="10/12/2026"' in apercu


def test_a_closed_demande_is_left_aside(agent: Client, deux: list[str]) -> None:
    with mock.patch("sne.registre.joindre.possible.OUVERTES", frozenset()):
        page = texte(agent.post(ECRIRE, {"nud": deux, "mot": "APPELER"} | VOIR))
    assert all("Laissé de côté Cette demande n’est plus ouverte." in dit for dit in lignes(page).values())
    assert 'name="faire"' not in page


def test_their_attestations_in_one_file(agent: Client, compte: Compte) -> None:
    nuds = [deposer("Bastide", age=370), deposer("Abelin", age=320), deposer("Ziegler", age=330)]
    ouvrir(agent)
    apercu = texte(agent.post(ATTESTATIONS, {"nud": nuds}))
    assert "Laissé de côté" in lignes(apercu)[nuds[0]]
    assert lignes(apercu)[nuds[1]] == "Attestation simplifiée, à la date d’aujourd’hui"
    assert not Attestation.objects.exists()
    choix = {"nud": nuds[1:]} | FAIRE
    with mock.patch(
        "sne.guichet.plusieurs.actes.emettre_attestation", side_effect=AttestationAEtablir("À la main.")
    ):
        page = texte(agent.post(ATTESTATIONS, choix))
        assert set(lignes(page).values()) == {"Laissé de côté À la main."}
        assert "Ouvrir le lot" not in page
    page = texte(agent.post(ATTESTATIONS, choix))
    lot = Lot.objects.get()
    assert lot.nombre == 2
    assert reverse("attestations-lot", args=[lot.id]) in page
    assert Attestation.objects.count() == 2


def test_nothing_chosen_or_nothing_of_the_open_list(agent: Client, compte: Compte) -> None:
    assert "Aucun dossier n’est choisi" in texte(agent.post(ECRIRE, {"nud": [HORS_LISTE]} | VOIR))
    remplir(1, compte)
    ouvrir(agent)
    assert "Aucun dossier n’est choisi" in texte(agent.post(ATTESTATIONS, {"nud": [HORS_LISTE]}))
    assert agent.get(ECRIRE).status_code == 405
