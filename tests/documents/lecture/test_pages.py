"""Pages of a document made safe: turned, chosen, ordered, drawn at a width, marked with who looks, when and why."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops

from sne.documents.lecture.depot import Page, analyser, assembler_planche, dessiner_page, filigraner, remanier
from sne.documents.lecture.filigrane import OPACITE, masque
from sne.documents.rules import DocumentRefuse, Filigrane, Lecture, Limites, Part
from tests.documents.lecture import honnetes
from tests.documents.lecture.lecteurs import contenu_actif, contenu_bavard, texte, voir
from tests.documents.lecture.pdf_brut import PAGE, TEXTE, document, flux
from tests.documents.limites import BORNES

LIMITES = Limites(octets=20_000_000, pages=20, lecture=BORNES)
QUI = Filigrane("Émile ÇÀÈ-Œuvré", datetime(2026, 11, 25, 18, 5, tzinfo=UTC), "instruction", BORNES)
pytestmark = pytest.mark.usefixtures("sur_place")


def trois_pages() -> bytes:
    """Three pages that say their number, of three sizes."""
    numeros = (10, 11, 12)
    autres = {2: b"<< /Type /Pages /Kids [10 0 R 11 0 R 12 0 R] /Count 3 >>"}
    for rang, numero in enumerate(numeros, 1):
        cle = PAGE.replace(b"/Contents 4 0 R", b"/Contents %d 0 R" % (numero + 10))
        autres[numero] = (cle % b"").replace(b"595 842", b"%d 842" % (500 + rang))
        autres[numero + 10] = flux(TEXTE.replace(b"Avis d imposition 2025", b"Page numero %d" % rang))
    return document(autres=autres)


@pytest.fixture
def sur(tmp_path: Path) -> Callable[[bytes], Lecture]:
    def lire(octets: bytes) -> Lecture:
        (tmp_path / "recu").write_bytes(octets)
        return analyser(tmp_path / "recu", dossier=tmp_path, limites=LIMITES)

    return lire


def rangs(pdf: bytes) -> list[int]:
    return [int(n) for n in re.findall(r"Page numero (\d)", texte(pdf))]


def test_pages_chosen_turned_and_ordered(sur: Callable[[bytes], Lecture], tmp_path: Path) -> None:
    avant = sur(trois_pages())
    apres = remanier(
        avant.parties[0].chemin, dossier=tmp_path, mime=avant.mime, pages=[(3, 90), (1, 0)], limites=LIMITES
    )
    octets = apres.parties[0].chemin.read_bytes()
    lu = pypdf.PdfReader(io.BytesIO(octets))
    assert rangs(octets) == [3, 1]
    assert [page.rotation for page in lu.pages] == [90, 0]
    assert [int(page.mediabox.width) for page in lu.pages] == [503, 501]
    assert contenu_actif(octets) == []
    assert [p.rang for p in apres.parties if p.part is Part.VIGNETTE] == [1, 2]
    vignette = voir(apres.parties[1].chemin)
    assert vignette.width > vignette.height


def test_page_left_out_is_no_longer_in_the_file(sur: Callable[[bytes], Lecture], tmp_path: Path) -> None:
    avant = sur(trois_pages())
    apres = remanier(
        avant.parties[0].chemin, dossier=tmp_path, mime=avant.mime, pages=[(2, 0)], limites=LIMITES
    )
    lu = pypdf.PdfReader(apres.parties[0].chemin)
    numeros = {n for table in lu.xref.values() for n in table} | set(lu.xref_objStm)
    flux_gardes = [o.get_data() for n in numeros - {0} if hasattr(o := lu.get_object(n), "get_data")]
    assert any(b"numero 2" in f for f in flux_gardes)
    assert not any(b"numero 1" in f or b"numero 3" in f for f in flux_gardes)


@pytest.mark.parametrize("tour", [0, 90, 180, 270])
def test_image_turned_clockwise(sur: Callable[[bytes], Lecture], tmp_path: Path, tour: int) -> None:
    avant = sur(honnetes.encoder(honnetes.photo(), "JPEG", quality=95))
    apres = remanier(
        avant.parties[0].chemin, dossier=tmp_path, mime=avant.mime, pages=[(1, tour)], limites=LIMITES
    )
    image = voir(apres.parties[0].chemin).convert("RGB")
    blanc = {0: (10, 10), 90: (-10, 10), 180: (-10, -10), 270: (10, -10)}[tour]
    assert image.getpixel((blanc[0] % image.width, blanc[1] % image.height))[1] > 230
    assert contenu_bavard(apres.parties[0].chemin.read_bytes()) == []


@pytest.mark.parametrize("pages", [[], [(4, 0)], [(0, 0)], [(1, 45)], [(1, 0), (1, 0)]])
def test_pages_that_do_not_exist(
    sur: Callable[[bytes], Lecture], tmp_path: Path, pages: list[tuple[int, int]]
) -> None:
    for octets in (trois_pages(), honnetes.encoder(honnetes.photo(), "JPEG")):
        avant = sur(octets)
        with pytest.raises(DocumentRefuse) as refus:
            remanier(avant.parties[0].chemin, dossier=tmp_path, mime=avant.mime, pages=pages, limites=LIMITES)
        assert refus.value.code == "PAGES_DEMANDEES"


@pytest.mark.parametrize(
    ("mime", "format_"), [("image/webp", "WEBP"), ("image/png", "PNG"), ("image/jpeg", "JPEG")]
)
def test_page_drawn_at_the_width_asked(
    sur: Callable[[bytes], Lecture], tmp_path: Path, mime: str, format_: str
) -> None:
    lu = sur(trois_pages())
    vers = tmp_path / "page"
    dessiner_page(
        lu.parties[0].chemin, vers, mime=lu.mime, page=Page(2, 800, mime), filigrane=None, bornes=BORNES
    )
    image = voir(vers)
    assert (image.format, image.width) == (format_, 800)
    dessiner_page(
        lu.parties[0].chemin, vers, mime=lu.mime, page=Page(2, 999_999, mime), filigrane=None, bornes=BORNES
    )
    assert max(voir(vers).size) <= 3508
    with pytest.raises(DocumentRefuse, match="pages n’existent pas"):
        dessiner_page(
            lu.parties[0].chemin, vers, mime=lu.mime, page=Page(4, 800, mime), filigrane=None, bornes=BORNES
        )


def test_photo_drawn_is_never_enlarged(sur: Callable[[bytes], Lecture], tmp_path: Path) -> None:
    lu = sur(honnetes.encoder(honnetes.photo(), "JPEG"))
    vers = tmp_path / "page"
    for largeur, attendue in ((200, (200, 150)), (900, (400, 300))):
        dessiner_page(
            lu.parties[0].chemin, vers, mime=lu.mime, page=Page(1, largeur), filigrane=None, bornes=BORNES
        )
        assert voir(vers).size == attendue
    with pytest.raises(DocumentRefuse):
        dessiner_page(
            lu.parties[0].chemin, vers, mime=lu.mime, page=Page(2, 200), filigrane=None, bornes=BORNES
        )


def dessins(pdf: bytes) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as lu:
        return [page.render(scale=1).to_pil().convert("L") for page in lu]


@pytest.mark.parametrize("tour", [0, 90, 180, 270])
def test_watermark_covers_the_page_and_lets_it_be_read(
    sur: Callable[[bytes], Lecture], tmp_path: Path, tour: int
) -> None:
    """Whatever the turn of the page, the mark is the same to the eye, and the text beneath is still the darkest."""
    lu = sur(document(page=b"/Rotate %d" % tour))
    vers = tmp_path / "marque.pdf"
    filigraner(lu.parties[0].chemin, vers, mime=lu.mime, filigrane=QUI)
    avant, apres = dessins(lu.parties[0].chemin.read_bytes())[0], dessins(vers.read_bytes())[0]
    assert "Avis d imposition 2025" in texte(vers.read_bytes())
    assert contenu_actif(vers.read_bytes()) == []
    assert apres.getextrema()[0] < 20
    marque = ImageChops.difference(avant, apres)
    assert marque.getextrema()[1] <= 256 * OPACITE
    largeur, hauteur = marque.size
    for x in range(0, largeur, largeur // 3 + 1):
        for y in range(0, hauteur, hauteur // 3 + 1):
            assert marque.crop((x, y, x + largeur // 3, y + hauteur // 3)).getbbox()
    attendue = masque(largeur, hauteur, "x" * 40)
    assert attendue.size == marque.size


def test_watermark_on_each_page_of_each_size(sur: Callable[[bytes], Lecture], tmp_path: Path) -> None:
    lu = sur(trois_pages())
    vers = tmp_path / "marque.pdf"
    filigraner(lu.parties[0].chemin, vers, mime=lu.mime, filigrane=QUI)
    for avant, apres in zip(
        dessins(lu.parties[0].chemin.read_bytes()), dessins(vers.read_bytes()), strict=True
    ):
        assert ImageChops.difference(avant, apres).getbbox()
    assert rangs(vers.read_bytes()) == [1, 2, 3]


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_watermark_on_an_image(sur: Callable[[bytes], Lecture], tmp_path: Path, format_: str) -> None:
    lu = sur(honnetes.encoder(honnetes.photo(), format_))
    vers = tmp_path / "marque"
    filigraner(lu.parties[0].chemin, vers, mime=lu.mime, filigrane=QUI)
    avant, apres = voir(lu.parties[0].chemin).convert("RGB"), voir(vers)
    assert (apres.size, apres.get_format_mimetype()) == (avant.size, lu.mime)
    assert ImageChops.difference(avant, apres.convert("RGB")).getbbox()
    dessiner_page(lu.parties[0].chemin, vers, mime=lu.mime, page=Page(1, 300), filigrane=QUI, bornes=BORNES)
    assert voir(vers).size == (300, 225)


def test_accents_of_the_watermark_are_drawn() -> None:
    """The font of the project has them: no two signs give the same box."""
    dessins_ = {masque(300, 300, signe * 10).tobytes() for signe in "éèàçœÉÎ’·x"}
    assert len(dessins_) == 10


def test_sheet_of_thumbnails_has_a_cell_each_and_ink_across(
    sur: Callable[[bytes], Lecture], tmp_path: Path
) -> None:
    couchee, debout = sur(document(page=b"/Rotate 90")), sur(document())
    octets = [v.parties[1].chemin.read_bytes() for v in (debout, couchee, debout)]
    source, vers = tmp_path / "suite", tmp_path / "planche"
    source.write_bytes(b"".join(octets))
    assembler_planche(source, vers, tailles=[len(o) for o in octets], filigrane=QUI)
    with Image.open(vers) as planche:
        h = BORNES.vignette
        assert planche.size == (h * 3 // 4, 3 * h)
        cellules = [planche.crop((0, n * h, planche.width, n * h + h)).convert("L") for n in range(3)]
    assert cellules[1].getpixel((2, 2)) in range(235, 242)  # a page lying is in the middle of its cell
    with Image.open(io.BytesIO(octets[0])) as nue:
        assert (
            cellules[0].crop((20, 20, 160, 220)).tobytes()
            != nue.convert("L").crop((20, 20, 160, 220)).tobytes()
        )
    with pytest.raises(DocumentRefuse):
        assembler_planche(source, vers, tailles=[3], filigrane=QUI)


@pytest.mark.parametrize("genre", ["pdf", "photo"])
def test_page_turned_is_as_wide_as_asked(sur: Callable[[bytes], Lecture], tmp_path: Path, genre: str) -> None:
    tampon = io.BytesIO()
    photo = Image.new("RGB", (400, 600), "white")
    photo.paste("black", (0, 0, 400, 60))  # its top
    photo.save(tampon, "PDF" if genre == "pdf" else "JPEG")
    lu = sur(tampon.getvalue())
    for tour, (x, y) in {90: (-5, 100), 180: (100, -5), 270: (5, 100)}.items():
        vers, page = tmp_path / "page", Page(1, 300, tour=tour)
        dessiner_page(lu.parties[0].chemin, vers, mime=lu.mime, page=page, filigrane=None, bornes=BORNES)
        with Image.open(vers) as image:
            assert abs(image.width - 300) <= 1
            assert abs(image.height - (450 if tour == 180 else 200)) <= 1
            haut = image.convert("L").getpixel((x % image.width, y % image.height))
        assert isinstance(haut, int)
        assert haut < 60
