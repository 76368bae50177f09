"""A document read, qualified and put in order in a real browser: by keyboard, on a phone, for every eye."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import expect

from sne.registre.pieces.models import Piece
from sne.registre.pieces.rules.pieces_deposees import PieceSaisie
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.registre.pieces import pieces as p

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
POLICE = Path(__file__).resolve().parents[2] / "sne" / "socle" / "polices" / "NotoSans-Bold.ttf"
LIGNES = ("AVIS D’IMPÔT 2025", "Revenus de l’année 2024", "Mme DUBREUIL Élodie", "née le 14/03/1987")


def avis(dossier: Path, pages: int = 3) -> bytes:
    """A fictional tax notice, scanned: pictures of words."""
    images = []
    for rang in range(1, pages + 1):
        page = Image.new("RGB", (1240, 1754), "white")
        dessin = ImageDraw.Draw(page)
        police = ImageFont.truetype(POLICE, 40, layout_engine=ImageFont.Layout.BASIC)
        for ligne, texte in enumerate((*LIGNES, f"Page {rang}")):
            dessin.text((120, 160 + 90 * ligne), texte, fill="black", font=police)
        images.append(page)
    chemin = dossier / "avis.pdf"
    images[0].save(chemin, save_all=True, append_images=images[1:])
    return chemin.read_bytes()


def test_document_is_read_qualified_and_put_in_order(asseoir: Callable[..., Poste], tmp_path: Path) -> None:
    recu = f.deposer()
    piece = p.joindre_pdf(
        recu.demande_id, p.IMPOT, octets=avis(tmp_path), textes=["\n".join(LIGNES), "Page 2"]
    )
    p.joindre_pdf(recu.demande_id, octets=avis(tmp_path, 1))
    poste = asseoir()
    page = poste.page
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{recu.nud}/pieces/")
    poste.examiner("pieces-liste")
    page.get_by_role("link", name="Ouvrir : Avis d’impôt").click()
    expect(page.get_by_text("Page 1 sur 3")).to_be_visible()
    dessinee(poste)
    expect(page.get_by_text("Lu sur la page")).to_have_count(4)
    poste.examiner("pieces-voir")
    page.locator("summary", has_text="Texte de la page").click()
    expect(page.locator("#texte-lu")).to_be_visible()
    expect(page.locator("#texte-lu")).to_contain_text("Revenus de l’année 2024")
    page.locator("body").press("s")
    expect(page.get_by_text("Page 2 sur 3")).to_be_visible()
    page.wait_for_load_state()  # the keys of this page are read once it shows
    page.locator("body").press("t")
    page.wait_for_url(re.compile("tour=90"))
    dessinee(poste)
    page.get_by_role("link", name="Agrandir").click()
    page.wait_for_url(re.compile("zoom=150&tour=90"))
    dessinee(poste)
    poste.examiner("pieces-voir-tournee")
    page.get_by_role("link", name="Enregistrer ce sens, ou ranger les pages").click()
    expect(page.get_by_role("group", name="Page 2").get_by_label("Tourner")).to_have_value("90")
    poste.examiner("pieces-ranger")
    page.get_by_role("group", name="Page 3").get_by_label("Garder").select_option("OTEE")
    page.get_by_role("group", name="Page 1").get_by_label("Tourner").select_option("90")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Pages rangées. La pièce d’avant reste dans le dossier.")).to_be_visible()
    expect(page.get_by_text("Page 1 sur 2")).to_be_visible()
    assert Piece.objects.filter(remplace=piece).count() == 1
    poste.cocher("Inexploitable")
    page.get_by_role("button", name="Qualifier", exact=True).click()
    expect(page.locator("#qualification")).to_contain_text("ites pourquoi")
    poste.examiner("pieces-qualifier")
    page.get_by_label("Pourquoi").fill("La page 3 manque.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Page 1 sur 1")).to_be_visible()


def dessinee(poste: Poste) -> None:
    """The picture of the page has come."""
    image = poste.page.locator(".reg-piece__page")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0


@pytest.mark.longue
def test_document_of_health_asks_why_without_javascript(
    asseoir: Callable[..., Poste], tmp_path: Path
) -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["01", "08"]}))
    piece = p.joindre_pdf(recu.demande_id, PieceSaisie("MOTIF_08"), octets=avis(tmp_path, 1))
    poste = asseoir(java_script_enabled=False)
    poste.se_connecter(creer_agent())
    poste.aller(f"/pieces/{piece}/voir/")
    poste.barre("Ouvrir la pièce")
    poste.page.locator("#id_motif_0 + label").click()
    poste.barre("Ouvrir la pièce")
    expect(poste.page.get_by_text("Page 1 sur 1")).to_be_visible()
    poste.page.locator("summary", has_text="Texte de la page").click()
    expect(poste.page.get_by_text("Aucun texte n’a été lu sur cette page.")).to_be_visible()


def test_documents_are_asked_of_the_household(asseoir: Callable[..., Poste], tmp_path: Path) -> None:
    recu = f.deposer(f.contenu(motifs={"codes": ["01", "04"]}))
    p.joindre_pdf(recu.demande_id, p.IMPOT, octets=avis(tmp_path, 1), textes=["\n".join(LIGNES)])
    poste = asseoir()
    page = poste.page
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{recu.nud}/pieces/")
    page.get_by_role("link", name="Demander").first.click()
    page.get_by_role("button", name="Demander ces pièces").click()
    expect(page.locator("#main, main").first).to_contain_text("Cochez au moins une pièce à demander.")
    poste.examiner("pieces-demander")
    page.locator("input[name=pieces] + label").first.click()
    page.get_by_role("button", name="Demander ces pièces").click()
    expect(page.get_by_text("Pièces demandées. Un message les liste")).to_be_visible()
    poste.examiner("pieces-demandees")
    page.get_by_role("link", name="Ouvrir : Avis d’impôt").click()
    dessinee(poste)
    poste.examiner("pieces-voir-seule")
