"""Filing by oneself on a phone: from the home page to the receipt, every page examined. Without a script or a mouse, it
is in ``test_au_clavier``; households drawn at random, in ``test_foyers_tires``.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_code import boite, distribuer, lire  # noqa: F401 - a fixture
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.notifications.serveurs import Boite
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
ICI = "nouvelle-demande/099/"


def continuer(page: Page) -> None:
    page.locator(".reg-actions button[name='continuer']").press("Enter")


def prouver_l_adresse(page: Page, courrier: Boite) -> None:
    """Who reads the mailbox, the code that it receives."""
    page.get_by_text("Moi", exact=True).click()
    page.get_by_role("button", name="Recevoir un code").last.press("Enter")
    expect(page.get_by_role("heading", name="Tapez votre code")).to_be_visible()
    examiner(page, "demande-code")
    distribuer()
    page.get_by_label("Votre code à 6 chiffres").fill(lire(courrier))
    page.keyboard.press("Enter")


def dire_qui(page: Page, courrier: Boite) -> None:
    """The first two steps."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Qui êtes-vous"))
    continuer(page)
    examiner(page, "demande-identite-erreur")
    page.get_by_text("Française").click()
    continuer(page)
    page.get_by_label("Situation familiale").select_option("C")
    examiner(page, "demande-famille")
    continuer(page)
    expect(page.get_by_label("Adresse électronique")).to_have_value("nadia@example.test")
    continuer(page)
    examiner(page, "demande-courriel")
    prouver_l_adresse(page, courrier)
    dire_ou_et_avec_qui(page)


def dire_ou_et_avec_qui(page: Page) -> None:
    """Where letters go, who will live there."""
    page.get_by_label("Numéro", exact=True).fill("4")
    page.get_by_label("Rue, avenue").fill("rue des Lilas")
    page.get_by_label("Code postal", exact=True).fill("99310")
    page.get_by_role("button", name="Chercher la commune").press("Enter")
    examiner(page, "demande-adresse-proposee")
    page.get_by_text("Port-Aurette").first.click()
    continuer(page)
    page.get_by_text("Des enfants, ou des personnes").click()
    examiner(page, "demande-avec-qui")
    continuer(page)


def dire_comment(page: Page) -> None:
    """The steps after them, up to the last but one."""
    page.get_by_label("Situation", exact=True).select_option("CDI")
    continuer(page)
    examiner(page, "demande-impot")
    continuer(page)
    page.get_by_label("Situation de logement").select_option("HLM")
    page.get_by_label("Nom du bailleur social").fill("Aurette Habitat")
    examiner(page, "demande-occupation")
    continuer(page)
    page.get_by_text("Non", exact=True).click()
    examiner(page, "demande-possede")
    continuer(page)
    page.get_by_label("Motif principal").select_option("13")
    examiner(page, "demande-motifs")
    continuer(page)
    page.get_by_label("Commune 1", exact=True).fill("Port-Aurette")
    page.get_by_text("Oui", exact=True).click()
    examiner(page, "demande-villes")
    continuer(page)
    page.get_by_text("T2", exact=True).click()


def test_somebody_files_up_to_the_receipt(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
    boite: Boite,  # noqa: F811
) -> None:
    with franceconnect_joue(settings, adresse):
        page = asseoir().page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/")
        page.get_by_role("link", name="Faire une demande").press("Enter")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Nadia").press("Enter")
        page.get_by_role("link", name="Faire une demande").press("Enter")
        examiner(page, "demande-commencer")
        page.get_by_label("Ville ou code postal").fill("Port-Aurette")
        page.get_by_role("button", name="l’essentiel").press("Enter")
        dire_qui(page, boite)
        dire_comment(page)
        continuer(page)
        examiner(page, "demande-relire")
        for chemin in ("avec-qui", "identite", "relire"):
            page.goto(f"{adresse}/ar/{ICI}{chemin}/")
            examiner(page, f"demande-{chemin}-ar")
        page.goto(f"{adresse}/{ICI}relire/")
        page.get_by_text("Je déclare que mes réponses sont exactes").click()
        page.get_by_role("button", name="Envoyer ma demande").press("Enter")
        expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
        examiner(page, "demande-envoyee")
        assert DepotEnLigne.objects.get().territoire == "099"
        for chemin in ("", "ma-demande/"):
            page.goto(f"{adresse}/{chemin}")
            examiner(page, f"demande-apres-{chemin.strip('/') or 'accueil'}")
