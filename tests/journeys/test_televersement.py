"""Files sent from a real browser: beside the form, cut and gone on with, without JavaScript, for every eye and hand."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, Route, expect

from sne.documents.models import Televersement
from sne.registre.pieces.models import Piece
from tests.documents.factories import pdf
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
MORCEAU = 5_000_000


def image(dossier: Path) -> Path:
    """A picture that takes two goes."""
    chemin = dossier / "avis-flou.png"
    Image.frombytes("RGB", (1500, 1300), os.urandom(1500 * 1300 * 3)).save(chemin)
    assert MORCEAU < chemin.stat().st_size < 2 * MORCEAU
    return chemin


def page_d_ajout(asseoir: Callable[..., Poste], **options: object) -> Poste:
    nud = f.deposer().nud
    poste = asseoir(**options)
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{nud}/pieces/ajouter/?type=IDENTITE&qui=demandeur")
    return poste


def test_files_are_sent_beside_the_form_and_one_is_refused(
    asseoir: Callable[..., Poste], tmp_path: Path
) -> None:
    poste = page_d_ajout(asseoir)
    page = poste.page
    (tmp_path / "programme.pdf").write_bytes(b"MZ\x90\x00")
    (tmp_path / "carte.pdf").write_bytes(pdf(2))
    page.get_by_label("Fichiers").set_input_files([tmp_path / "programme.pdf", tmp_path / "carte.pdf"])
    lignes = page.locator(".reg-envoi__ligne")
    expect(lignes.nth(0).locator("[data-reg-etat]")).to_contain_text("PDF")
    expect(lignes.nth(1)).to_contain_text("Reçu, ")
    expect(page.get_by_label("carte.pdf", exact=True)).to_be_checked()
    expect(page.get_by_label("programme.pdf", exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name="Suspendre")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"(carte|programme)\.pdf\s: "))
    poste.examiner("pieces-envoi")
    page.get_by_role("button", name="Retirer programme.pdf").click()
    expect(lignes).to_have_count(1)
    page.reload()
    expect(page.get_by_label("carte.pdf", exact=True)).to_be_checked()
    poste.barre("Ajouter au dossier")
    expect(page.get_by_text("Pièce ajoutée au dossier.")).to_be_visible()
    assert Piece.objects.count() == 1
    assert page.evaluate("Object.keys(localStorage).filter(cle => cle.startsWith('envoi:'))") == []


def test_cut_in_the_middle_it_goes_on_where_it_was(asseoir: Callable[..., Poste], tmp_path: Path) -> None:
    poste = page_d_ajout(asseoir)
    page = poste.page

    def est_la_suite(request: Request) -> bool:
        return request.method == "PATCH" and request.headers["upload-offset"] == str(MORCEAU)

    def couper(route: Route, request: Request) -> None:
        if not est_la_suite(request):
            route.continue_()  # the rest waits for an answer that never comes, as on a line that hangs

    page.route("**/televersements/*/", couper)
    chemin = image(tmp_path)
    with page.expect_request(est_la_suite):  # the share shown counts bytes that left: the service has these
        page.get_by_label("Fichiers").set_input_files(chemin)
    ligne = page.locator(".reg-envoi__ligne")
    expect(ligne).to_contain_text(re.compile(r"Envoi\s: 8\d\s%"))
    poste.barre("Ajouter au dossier")
    expect(ligne).to_contain_text("Attendez la fin de l’envoi")
    ligne.get_by_role("button", name="Suspendre").click()
    expect(ligne).to_contain_text("Suspendu")
    retenu = page.evaluate("JSON.stringify(localStorage)")
    assert "avis-flou" not in retenu
    assert "/televersements/" in retenu
    page.reload()
    expect(ligne).to_contain_text("Interrompu à ")
    poste.examiner("pieces-envoi-interrompu")
    page.unroute("**/televersements/*/")
    reprises: list[str] = []
    page.on(
        "request",
        lambda r: reprises.append(r.headers["upload-offset"]) if r.method == "PATCH" else None,
    )
    page.get_by_label("Fichiers").set_input_files(chemin)
    expect(ligne).to_have_count(1)  # the line of before leaves once the file is recognised
    expect(ligne).to_contain_text("Reçu, ")
    assert reprises == [str(MORCEAU)]
    assert Televersement.objects.count() == 1
    poste.barre("Ajouter au dossier")
    expect(page.get_by_text("Pièce ajoutée au dossier.")).to_be_visible()


@pytest.mark.longue
def test_dropped_with_the_mouse(asseoir: Callable[..., Poste]) -> None:
    page = page_d_ajout(asseoir).page
    deposer(page, "carte.pdf", pdf(1))
    expect(page.get_by_label("carte.pdf", exact=True)).to_be_checked()


def deposer(page: Page, nom: str, octets: bytes) -> None:
    """Drop a file on the box, as a hand with a mouse does."""
    transfert = page.evaluate_handle(
        """([nom, octets]) => {
            const transfert = new DataTransfer();
            transfert.items.add(new File([new Uint8Array(octets)], nom, { type: "application/pdf" }));
            return transfert;
        }""",
        [nom, list(octets)],
    )
    page.dispatch_event("[data-reg-envoi]", "drop", {"dataTransfer": transfert})


def test_without_javascript_the_form_sends_them(asseoir: Callable[..., Poste], tmp_path: Path) -> None:
    poste = page_d_ajout(asseoir, java_script_enabled=False)
    page = poste.page
    for nom, pages in (("a.pdf", 1), ("b.pdf", 2), ("c.pdf", 3)):
        (tmp_path / nom).write_bytes(pdf(pages))
    page.get_by_label("Fichiers").set_input_files([tmp_path / n for n in ("a.pdf", "b.pdf", "c.pdf")])
    page.get_by_label("Explication du ménage").fill("Nom d’usage")
    page.get_by_label("Valable jusqu’au").fill("pas une date")
    poste.barre("Ajouter au dossier")
    expect(page.get_by_label("a.pdf")).to_be_checked()
    poste.cocher("b.pdf")
    page.get_by_label("Valable jusqu’au").fill("")
    page.get_by_role("button", name="Retirer c.pdf").click()
    expect(page.get_by_text("c.pdf\u00a0: retiré.")).to_be_visible()
    expect(page.get_by_role("button", name="Retirer")).to_have_count(2)
    expect(page.get_by_label("b.pdf")).not_to_be_checked()
    expect(page.get_by_label("Explication du ménage")).to_have_value("Nom d’usage")
    page.get_by_label("Valable jusqu’au").press("Enter")  # sends the form, and takes no file back
    expect(page.get_by_text("Pièce ajoutée au dossier.")).to_be_visible()
    assert Piece.objects.count() == 1


@pytest.mark.longue
def test_more_files_than_the_form_takes_without_javascript(
    asseoir: Callable[..., Poste], tmp_path: Path
) -> None:
    poste = page_d_ajout(asseoir, java_script_enabled=False)
    page = poste.page
    expect(page.get_by_text("20\u00a0fichiers au plus à la fois")).to_be_visible()
    chemins = [tmp_path / f"page-{n:03}.pdf" for n in range(105)]
    for rang, chemin in enumerate(chemins):
        chemin.write_bytes(pdf(1) if rang == 0 else b"MZ")
    page.get_by_label("Fichiers").set_input_files(chemins)
    page.get_by_label("Explication du ménage").fill("Nom d’usage")
    poste.barre("Ajouter au dossier")
    expect(page.get_by_text("Les 85\u00a0derniers n’ont pas été reçus").first).to_be_visible()
    expect(page.get_by_text("page-104.pdf", exact=True)).to_be_attached()
    expect(page.get_by_label("Explication du ménage")).to_have_value("Nom d’usage")
    assert Piece.objects.count() == 1
