"""The public check in a real browser: from the code of the paper to the answer, without JavaScript, accessible."""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sne.attestations.actions import emettre_attestation
from sne.attestations.models import Attestation
from sne.attestations.rules import grouper_reference
from sne.portail import limite
from sne.socle.horloge import maintenant
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
LARGEURS = [1280, 375]
CAPTURES = os.environ.get("SNE_CAPTURES", "")  # a folder where to keep what was seen


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    # Playwright's synchronous API runs a loop in this thread, and Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def chaine() -> tuple[Attestation, Attestation]:
    """One attestation of yesterday, replaced by one of today."""
    limite.oublier()
    maintenant_ = maintenant()
    hier = maintenant_ - timedelta(days=1)
    recepisse = f.deposer(le=hier, date_reception=hier.date())
    agent = f.creer_acteur()
    premiere = emettre_attestation(recepisse.demande_id, acteur=agent, survenu_le=hier)
    return premiere, emettre_attestation(recepisse.demande_id, acteur=agent, survenu_le=maintenant_)


def examiner(page: Page, nom: str) -> None:
    """No scroll aside, no accessibility violation; keeps a capture when asked to."""
    if CAPTURES:
        page.screenshot(path=Path(CAPTURES) / f"{nom}-{page.viewport_size['width']}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    resultats = Axe().run(page)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in resultats.response["violations"]] == []


@pytest.mark.parametrize("largeur", LARGEURS)
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


@pytest.mark.parametrize("largeur", LARGEURS)
def test_each_answer_is_accessible(
    navigateur: Browser, live_server: object, chaine: tuple[Attestation, Attestation], largeur: int
) -> None:
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800})
    page = contexte.new_page()
    erreurs: list[str] = []
    page.on("console", lambda m: erreurs.append(m.text) if m.type == "error" else None)
    for nom, chemin, titre in (
        ("formulaire", "/verifier/", "Vérifier une attestation"),
        ("erreur", "/verifier/?reference=abc", "1 champ à corriger"),
        ("valable", f"/v/{chaine[1].reference}/", "Cette attestation est valable"),
        ("remplacee", f"/v/{chaine[0].reference}/", "Cette attestation a été remplacée"),
        ("inconnue", "/v/222222222222/", "Cette attestation est inconnue"),
    ):
        page.goto(f"{live_server}{chemin}")
        expect(page.get_by_role("heading", name=titre)).to_be_visible()
        examiner(page, nom)
    contexte.close()
    assert erreurs == []
