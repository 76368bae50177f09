"""The page of the contract, in a real browser: a key is typed, an operation is tried, its answer is shown."""

from playwright.sync_api import Browser, expect

from tests.interop.conftest import Ecoute
from tests.journeys.conftest import navigateur

__all__ = ["navigateur"]


def test_an_operation_is_tried_from_the_page(navigateur: Browser, serveur: Ecoute) -> None:
    contexte = navigateur.new_context(ignore_https_errors=True, locale="fr-FR")
    page = contexte.new_page()
    plaintes: list[str] = []
    page.on("console", lambda m: plaintes.append(m.text) if m.type == "error" else None)
    page.goto(f"https://{serveur.adresse}/api/v1/docs")
    page.get_by_role("button", name="Authorize").click()
    page.locator("input[aria-label=auth-bearer-value]").fill(serveur.cle)
    page.locator(".modal-ux").get_by_role("button", name="Apply credentials").click()
    page.locator(".modal-ux").get_by_role("button", name="Close").first.click()
    moi = page.locator("#operations-Nomenclatures_et_aides-moi")
    moi.get_by_role("button").first.click()
    moi.get_by_role("button", name="Try it out").click()
    moi.get_by_role("button", name="Execute").click()
    repondu = moi.locator(".live-responses-table")
    expect(repondu.locator(".response-col_status").last).to_contain_text("200")
    expect(repondu).to_contain_text("Aurette Habitat")
    contexte.close()
    assert plaintes == []
