"""A draft on a phone, with its script: kept as it is typed, without a line too, and never over a newer page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def courriel(page: Page) -> Any:
    return page.get_by_label("Adresse électronique")


def test_what_is_typed_survives_the_tab_the_line_and_another_device(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    with franceconnect_joue(settings, adresse):
        poste = asseoir()
        page = poste.page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/connexion/")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Nadia").press("Enter")
        page.goto(f"{adresse}/nouvelle-demande/")
        page.get_by_label("Ville ou code postal").fill("Port-Aurette")
        page.get_by_role("button", name="l’essentiel").press("Enter")
        ici = f"{adresse}/nouvelle-demande/099/contact/"
        page.goto(ici)
        courriel(page).fill("nadia@pas-fini")
        courriel(page).press("Tab")
        gardees = page.locator("[data-gardees]")
        expect(gardees).to_have_text(re.compile(r"Réponses gardées à \d+\sh\s\d\d\."))
        examiner(page, "demande-brouillon-garde")

        autre = page.context.new_page()  # the tab closed without « Continuer », then another one
        autre.goto(ici)
        expect(courriel(autre)).to_have_value("nadia@pas-fini")
        courriel(autre).fill("nadia@exemple.fr")
        courriel(autre).press("Tab")
        expect(autre.locator("[data-gardees]")).to_contain_text("Réponses gardées")
        autre.locator(".reg-actions button[name='continuer']").press("Enter")
        expect(autre).not_to_have_url(ici)
        autre.close()

        courriel(page).fill("nadia@ailleurs.fr")
        courriel(page).press("Tab")
        expect(gardees).to_contain_text("sur un autre appareil")

        page.goto(ici)
        page.context.set_offline(True)
        courriel(page).fill("nadia@train.fr")
        courriel(page).press("Tab")
        expect(gardees).to_have_text("Pas de connexion. Vos réponses précédentes sont gardées.")
        expect(courriel(page)).to_have_value("nadia@train.fr")
        poste.plaintes.clear()  # the browser reports what did not leave
        page.context.set_offline(False)
        expect(gardees).to_contain_text("Réponses gardées")
        page.locator(".reg-actions button[name='continuer']").press("Enter")
        expect(page).not_to_have_url(ici)
        page.goto(ici)
        expect(courriel(page)).to_have_value("nadia@train.fr")
