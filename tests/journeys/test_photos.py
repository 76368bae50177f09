"""Photos from a phone, with the script of the page: sent at once, cut and resumed, put in order, one document."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sne.documents.models import Document
from sne.registre.pieces.models import Piece
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_au_telephone import entrer
from tests.journeys.test_portail import adresse, porte  # noqa: F401 - fixtures
from tests.portail.test_coupures import photo
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def choisir(page: Page, nom: str, octets: bytes) -> None:
    page.get_by_label("Photos ou fichiers").set_input_files(
        [{"name": nom, "mimeType": "image/png", "buffer": octets}]
    )


def test_photos_are_drawn_smaller_cut_resumed_ordered_and_made_one_document(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
) -> None:
    nud = a.deposer().nud
    poste = asseoir()
    page = poste.page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/connexion/")
    entrer(page, nud)
    page.goto(f"{adresse}/ma-demande/{nud}/documents/")
    page.get_by_role("link", name=re.compile("Ajouter ce document")).first.press("Enter")
    coupe = []

    def couper(route: Any) -> None:
        if route.request.method == "PATCH" and not coupe:
            coupe.append(route.request.headers["upload-offset"])
            route.abort()
        else:
            route.continue_()

    page.route("**/fichiers/*/", couper)
    choisir(page, "grande.png", photo(14_000_000))
    lignes = page.locator(".reg-envoi__ligne")
    expect(lignes.nth(0)).to_contain_text("Reçu, ")
    assert coupe == ["0"]
    assert ["ERR_FAILED" in plainte for plainte in poste.plaintes] == [True]
    poste.plaintes.clear()
    expect(lignes.nth(0)).to_contain_text("grande.jpg")
    choisir(page, "petite.png", photo(60_000))
    expect(lignes.nth(1)).to_contain_text("Reçu, ")
    lignes.nth(1).get_by_role("combobox").select_option("180")
    lignes.nth(1).get_by_role("button", name="Mettre avant").click()
    expect(lignes.nth(0)).to_contain_text("petite.png")
    examiner(page, "portail-photos")
    page.get_by_role("button", name="Envoyer", exact=True).last.click()
    expect(page.get_by_text("Reçu. Vérification en cours.")).to_be_visible()
    document = Document.objects.get(id=Piece.objects.get().document)
    assert document.nombre_pages == 2
    grande = Document.objects.exclude(id=document.id).order_by("-taille")[0]
    assert grande.taille < 14_000_000
