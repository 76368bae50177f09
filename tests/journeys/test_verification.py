"""The public check in a real browser: from the code of the paper to the answer, without JavaScript, accessible."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation
from sne.attestations.rules import grouper_reference
from sne.habilitations.rules import acteur_systeme
from sne.journal.actions.jalonner import tourner_cle
from sne.portail import limite
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.journeys.ecran import UNE_LARGEUR, examiner
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chaine() -> tuple[Attestation, Attestation]:
    """One attestation of yesterday, replaced by one of today."""
    limite.oublier()
    maintenant_ = maintenant()
    hier = maintenant_ - timedelta(days=1)
    recepisse = f.deposer(le=hier)
    agent = f.creer_acteur()
    premiere = emettre_attestation(recepisse.demande_id, acte=Acte(agent, hier))
    return premiere, emettre_attestation(recepisse.demande_id, acte=Acte(agent, maintenant_))


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_typed_reference_is_answered_without_javascript(
    navigateur: Browser, live_server: object, chaine: tuple[Attestation, Attestation], largeur: int
) -> None:
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800}, java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{live_server}/verifier/")
    page.get_by_label("Référence de l’attestation").fill("7KMR")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Erreur"))
    champ = page.get_by_label("Référence de l’attestation")
    assert champ.input_value() == "7KMR"
    champ.fill(grouper_reference(chaine[1].reference).lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Cette attestation est valable")).to_be_visible()
    assert page.url == f"{live_server}/v/{chaine[1].reference}/"
    contexte.close()


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_each_answer_is_accessible(
    navigateur: Browser, live_server: object, chaine: tuple[Attestation, Attestation], largeur: int
) -> None:
    tourner_cle(acte=Acte(acteur_systeme("Essai"), maintenant()))
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800})
    page = contexte.new_page()
    erreurs: list[str] = []
    page.on("console", lambda m: erreurs.append(m.text) if m.type == "error" else None)
    for nom, chemin, titre in (
        ("porte", "/", "La demande de logement social"),
        ("guichets", "/guichets/?commune=aurette+la+ville", "Aurette-la-Ville"),
        ("guichets-erreur", "/guichets/?commune=xqzwvk", "1 champ à corriger"),
        ("jalons", "/journal/", "Preuve du journal"),
        ("formulaire", "/verifier/", "Vérifier une attestation"),
        ("erreur", "/verifier/?reference=abc", "1 champ à corriger"),
        ("valable", f"/v/{chaine[1].reference}/", "Cette attestation est valable"),
        ("remplacee", f"/v/{chaine[0].reference}/", "Cette attestation a été remplacée"),
        ("inconnue", "/v/222222222222/", "Cette attestation est inconnue"),
    ):
        page.goto(f"{live_server}{chemin}")
        expect(page.get_by_role("heading", name=titre).first).to_be_visible()
        examiner(page, nom)
    contexte.close()
    assert erreurs == []
