"""On a phone: a lost number, a code, a new contact, a photo of a document; then two pages in Arabic."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sne.socle.horloge import maintenant
from sne.socle.templatetags.socle_tags import numero
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse, porte  # noqa: F401 - fixtures
from tests.portail.test_code import code_recu, distribuer
from tests.portail.test_contacts import codes
from tests.portail.test_documents import photo
from tests.portail.test_numero_perdu import recus
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_somebody_finds_their_number_changes_their_phone_and_sends_a_photo(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
) -> None:
    nud = a.deposer(le=maintenant() - timedelta(days=330)).nud
    page = asseoir().page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/connexion/")
    retrouver(page, nud)
    entrer(page, nud)
    envoyer_une_photo(page)
    page.goto(f"{adresse}/ar/ma-demande/{nud}/documents/")
    examiner(page, "portail-documents-ar")
    page.goto(f"{adresse}/ma-demande/{nud}/contacts/")
    changer_de_telephone(page)
    page.goto(f"{adresse}/ar/ma-demande/")
    examiner(page, "portail-espace-ar")


def retrouver(page: Page, nud: str) -> None:
    page.get_by_role("link", name="Je ne retrouve pas mon numéro").press("Enter")
    page.get_by_label("Une adresse électronique").fill(a.AVANT)
    page.get_by_label("Votre date de naissance").fill("1987")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("tapez le jour, le mois et l’année")
    examiner(page, "portail-numero-erreur")
    page.get_by_label("Votre date de naissance").fill("14/03/1987")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Regardez vos messages")).to_be_visible()
    examiner(page, "portail-numero-envoye")
    distribuer()
    assert recus() == [(a.AVANT, numero(nud))]


def entrer(page: Page, nud: str) -> None:
    page.get_by_role("link", name="Recevoir un code").press("Enter")
    page.get_by_label("Votre numéro de demande").fill(nud)
    page.get_by_label("Une adresse électronique").fill(a.AVANT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tapez votre code")).to_be_visible()
    distribuer()
    page.get_by_label("Votre code à 6 chiffres").fill(code_recu())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Qui agit")).to_be_visible()
    examiner(page, "portail-espace")


def envoyer_une_photo(page: Page) -> None:
    page.get_by_role("link", name="Ajouter un document").press("Enter")
    page.get_by_role("link", name=re.compile("Ajouter ce document")).first.press("Enter")
    page.get_by_role("button", name="Envoyer").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("choisissez au moins une photo")
    examiner(page, "portail-document-erreur")
    image = photo()
    page.get_by_label("Photos ou fichiers").set_input_files(
        [{"name": "avis.jpg", "mimeType": "image/jpeg", "buffer": image.read()}]
    )
    expect(page.locator(".reg-envoi__ligne")).to_contain_text("Reçu, ")
    page.get_by_role("button", name="Envoyer").press("Enter")
    expect(page.get_by_text("Reçu. Vérification en cours.")).to_be_visible()
    examiner(page, "portail-documents")


def changer_de_telephone(page: Page) -> None:
    examiner(page, "portail-contacts")
    page.get_by_label("Votre nouvelle adresse électronique").fill("06 98 76 54 32")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tapez vos codes")).to_be_visible()
    distribuer()
    page.get_by_role("link", name="العربية").press("Enter")
    examiner(page, "portail-contacts-codes-ar")
    page.go_back()
    recu = codes()
    page.get_by_label(re.compile("Code reçu à.*98.76")).fill(recu["+33698765432"])
    page.get_by_label(re.compile("Code reçu à.*44")).fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("ne convient pas")
    examiner(page, "portail-contacts-codes")
    page.get_by_label(re.compile("Code reçu à.*44")).fill(recu["+33611223344"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="C’est changé")).to_be_visible()
    examiner(page, "portail-contact-change")
