"""« Ma demande », printed: two sheets at most, no line cut; and the session that ends soon, told and prolonged."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import expect

from sne.socle.horloge import maintenant
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_au_telephone import entrer
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import porte  # noqa: F401 - a fixture
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
MARGE = 72 * 15 / 25.4  # points


def lignes(page: Any) -> list[tuple[float, float]]:
    """Bottom and top of each line of text, in points from the foot of the sheet."""
    texte = page.get_textpage()
    return [
        (bas, haut)
        for _, bas, _, haut in (texte.get_rect(rang) for rang in range(texte.count_rects()))
        if haut > bas
    ]


def test_two_sheets_and_no_cut_line_then_a_session_that_is_prolonged(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
) -> None:
    nud = a.deposer(le=maintenant() - timedelta(days=330)).nud
    page = asseoir().page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/connexion/")
    entrer(page, nud)
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(document) <= 2
    assert "Numéro de demande" in document[0].get_textpage().get_text_bounded()
    for feuille in document:
        for bas, haut in lignes(feuille):
            assert MARGE - 2 <= bas
            assert haut <= feuille.get_height() - MARGE + 2

    fin = page.locator("[data-reg-fin]")
    expect(fin.get_by_role("button")).to_be_hidden()
    page.route("**/ma-demande/", vieillir)
    page.reload()
    expect(fin).to_contain_text("Votre connexion s’arrête à")
    examiner(page, "portail-session")
    with page.expect_response("**/session/") as reponse:
        fin.get_by_role("button", name="Rester connecté").click()
    assert reponse.value.json()["secondes"] > 1_000
    expect(fin.get_by_role("button")).to_be_hidden()


def vieillir(route: Any) -> None:
    """The page as if it was opened 27 minutes ago."""
    recue = route.fetch()
    route.fulfill(response=recue, body=re.sub(r'data-reg-fin="\d+"', 'data-reg-fin="180"', recue.text()))
