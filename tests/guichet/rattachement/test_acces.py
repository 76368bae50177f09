"""A counter reads who follows a file online, and closes it at the person's request."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.rattachement.actions.signaler import fermer_au_code
from sne.registre.rattachement.selectors.contacts import is_fermee_au_code
from sne.registre.rattachement.selectors.liens import list_liens
from tests.documents.factories import pdf
from tests.guichet.parcours import texte
from tests.habilitations import factories as h
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer
from tests.registre.mandat.mandats import aidant, organisme
from tests.registre.rattachement.test_rattacher import COMPTE, deposer, signer
from tests.registre.rattachement.test_suivre import visiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande() -> Demande:
    return deposer()


def page(client: Client, demande: Demande) -> str:
    return texte(client.get(reverse("demande-acces", args=[demande.nud])))


def test_un_acces_se_lit_et_se_ferme(agent: Client, demande: Demande) -> None:
    assert "Personne ne suit cette demande en ligne." in page(agent, demande)
    signer()
    lue = page(agent, demande)
    assert "FranceConnect, état civil identique à celui du dossier" in lue
    assert str(COMPTE) not in lue
    (lien,) = list_liens(COMPTE)
    for _ in range(2):
        reponse = agent.post(reverse("acces-fermer", args=[demande.nud, lien.id]), follow=True)
        assert "Accès en ligne fermé." in texte(reponse)
    assert list_liens(COMPTE) == ()
    assert "fermé par un guichet" in page(agent, demande)
    assert "Fermer l’accès" not in page(agent, demande)


def test_la_connexion_par_code_se_rouvre(agent: Client, demande: Demande) -> None:
    assert "Connexion par code" not in page(agent, demande)
    signer()
    (lien,) = list_liens(COMPTE)
    fermer_au_code(visiter(lien), survenu_le=f.MAINTENANT)
    assert "ou a signalé une connexion" in page(agent, demande)
    for _ in range(2):
        reponse = agent.post(reverse("codes-rouvrir", args=[demande.nud]), follow=True)
        assert "Connexion par code rouverte." in texte(reponse)
    assert not is_fermee_au_code(demande.id)


def test_l_acces_d_un_autre_dossier_n_est_pas_ici(agent: Client, demande: Demande) -> None:
    signer()
    (lien,) = list_liens(COMPTE)
    autre = deposer(nom="Castaing")
    for nud, cle in ((autre.nud, lien.id), (demande.nud, uuid.uuid4())):
        assert agent.post(reverse("acces-fermer", args=[nud, cle])).status_code == 404
    assert [lu.id for lu in list_liens(COMPTE)] == [lien.id]


def test_a_paper_and_a_judgment_are_recorded_with_their_scan(
    agent: Client, demande: Demande, settings: Any, tmp_path: Path
) -> None:
    """Over HTTP: what is missing is said and nothing typed is lost; the file names who protects."""
    settings.DOSSIER_DOCUMENTS = tmp_path / "documents"
    aidant()
    dossier, acces = f"/demandes/{demande.nud}/", f"/demandes/{demande.nud}/acces-en-ligne/"
    adresse = f"{acces}autorisation/"
    assert adresse in page(agent, demande)
    assert "J’autorise" in texte(agent.get(adresse))
    dit = {"organisme": organisme(), "portees": ["LIRE"], "jours": "31", "signe_le": "24/11/2027"}
    sans = texte(agent.post(adresse, dit))
    assert "Choisissez un seul fichier" in sans
    assert "24/11/2027" in sans
    tard = texte(agent.post(adresse, dit | {"fichiers": papier()}))
    assert "pas encore passé" in tard
    mauvais = SimpleUploadedFile("note.txt", b"rien", "text/plain")
    bon = dit | {"signe_le": "24/11/2026"}
    assert "note.txt" in texte(agent.post(adresse, bon | {"fichiers": mauvais}))
    assert not MandatAide.objects.exists()
    assert "Autorisation enregistrée" in texte(agent.post(adresse, bon | {"fichiers": papier()}, follow=True))
    lue = page(agent, demande)
    assert f"/pieces/{MandatAide.objects.get().piece_id}/voir/" in lue
    juge = {
        "mesure": "CURATELLE",
        "protecteur": "Mme Odile Vasseur",
        "debut": "01/11/2026",
        "fin": "01/11/2031",
    }
    adresse = f"{acces}jugement/"
    assert "ou tapez le nom" in texte(agent.post(adresse, juge | {"protecteur": "", "fichiers": papier()}))
    assert "Mesure enregistrée" in texte(agent.post(adresse, juge | {"fichiers": papier()}, follow=True))
    assert re.search(r"\(curatelle\)\s*: Mme Odile Vasseur", texte(agent.get(dossier)))
    assert "Retirer la mesure" in page(agent, demande)
    support = h.connecter(Client(), h.creer_support(courriel="support@exemple.fr"))
    assert support.get(adresse).status_code == 403
    figer(demande.id)
    assert "aucun organisme" in texte(agent.get(adresse))


def papier() -> SimpleUploadedFile:
    """A scan of one page."""
    return SimpleUploadedFile("papier.pdf", pdf(), "application/pdf")
