"""Honest documents are kept as they look: upright, in their colours, with their text, and read in bounded memory."""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageStat

from sne.documents.lecture.depot import analyser
from sne.documents.rules import DocumentRefuse, Lecture, Limites, Part
from tests.documents.lecture import honnetes
from tests.documents.lecture.lecteurs import contenu_actif, texte, voir
from tests.documents.lecture.pdf_brut import PAGE, document
from tests.documents.lecture.riches import document_riche
from tests.documents.limites import BORNES

CASES = [
    (x, y, x + 100, y + 100) for x in (20, 260) for y in (100, 160, 260, 380, 500)
]  # points, from the top
PERSONNE = 65_534
LIMITES = Limites(octets=50_000_000, pages=150, lecture=BORNES)


def lire(octets: bytes, dossier: Path) -> Lecture:
    (dossier / "recu").write_bytes(octets)
    return analyser(dossier / "recu", dossier=dossier, limites=LIMITES)


def image_de(lue: Lecture) -> Image.Image:
    return voir(lue.parties[0].chemin).convert("RGB")


def proche(couleur: tuple[int, ...], attendue: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(couleur, attendue, strict=True))


def dessin(pdf: bytes, page: int = 0) -> Image.Image:
    with pdfium.PdfDocument(pdf) as lu:
        lu.init_forms()
        return lu[page].render(scale=1).to_pil().convert("L")


def ecart(avant: bytes, apres: bytes, page: int = 0) -> float:
    return ImageStat.Stat(ImageChops.difference(dessin(avant, page), dessin(apres, page))).mean[0]


def test_portrait_is_set_upright(tmp_path: Path) -> None:
    lue = lire(honnetes.jpeg_de_portrait(), tmp_path)
    image = image_de(lue)
    assert (lue.mime, image.size) == ("image/jpeg", (300, 400))
    assert proche(image.getpixel((290, 10)), (255, 255, 255))
    assert proche(image.getpixel((150, 60)), (255, 0, 0))
    assert proche(image.getpixel((150, 380)), (0, 0, 255))


@pytest.mark.usefixtures("sur_place")
def test_heic_becomes_an_image_that_all_can_read(tmp_path: Path) -> None:
    lue = lire(honnetes.heic(), tmp_path)
    assert lue.mime in {"image/jpeg", "image/png"}
    assert image_de(lue).size == (400, 300)
    assert proche(image_de(lue).getpixel((10, 200)), (255, 0, 0))


@pytest.mark.usefixtures("sur_place")
def test_sixteen_bits_keep_their_greys(tmp_path: Path) -> None:
    image = image_de(lire(honnetes.png_16_bits(), tmp_path))
    assert [abs(image.getpixel((x, 8))[0] - x) < 6 for x in (0, 64, 128, 200, 255)] == [True] * 5


@pytest.mark.usefixtures("sur_place")
@pytest.mark.parametrize(
    ("format_", "mode"),
    [
        *(("JPEG", mode) for mode in ("CMYK", "L", "1")),
        *(("PNG", mode) for mode in ("P", "L", "1", "RGBA", "LA")),
    ],
)
def test_each_mode_keeps_what_it_shows(format_: str, mode: str, tmp_path: Path) -> None:
    depart = honnetes.photo().convert("L") if mode in {"1", "L", "LA"} else honnetes.photo()
    image = image_de(lire(honnetes.encoder(depart.convert(mode), format_), tmp_path))
    assert image.size == (400, 300)
    assert image.getpixel((20, 20))[1] > 240
    assert ImageStat.Stat(image.crop((100, 150, 199, 299))).mean[1] < 130  # black and white is dots


@pytest.mark.usefixtures("sur_place")
def test_transparent_is_laid_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 25, 50))
    lue = image_de(lire(honnetes.encoder(image, "PNG"), tmp_path))
    assert (lue.getpixel((10, 10)), lue.getpixel((40, 10))) == ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_largest_transparent_picture_is_kept_in_bounded_memory(mode: str, tmp_path: Path) -> None:
    """Sixty million pixels and their transparency: less than half of it fits once all that is made of it is there."""
    grande = Image.new(mode, (10_000, 6_000), (0,) * len(mode))
    grande.paste((0,) * (len(mode) - 1) + (255,), (0, 0, 5_000, 6_000))
    image = image_de(lue := lire(honnetes.encoder(grande, "PNG", compress_level=1), tmp_path))
    assert image.size == (3_508, 2_105)
    assert proche(image.getpixel((100, 1_000)), (0, 0, 0))
    assert proche(image.getpixel((3_400, 1_000)), (255, 255, 255))
    dit = json.loads((lue.parties[0].chemin.parent / "reponse.json").read_text())
    assert dit["memoire_ko"] < 900_000


def test_picture_past_the_limit_is_refused_in_a_sentence_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefuse, match="64 millions de pixels et 30000 pixels de côté au plus"):
        lire(honnetes.encoder(Image.new("L", (10_000, 6_500)), "PNG"), tmp_path)


@pytest.mark.usefixtures("sur_place")
def test_profile_that_cannot_apply_stops_nothing(tmp_path: Path) -> None:
    octets = honnetes.encoder(honnetes.photo(), "JPEG", icc_profile=honnetes.profil_adobe())
    assert proche(image_de(lire(octets, tmp_path)).getpixel((10, 200)), (255, 0, 0))


@pytest.mark.usefixtures("sur_place")
def test_large_photo_is_reduced_to_three_hundred_dots(tmp_path: Path) -> None:
    octets = honnetes.encoder(honnetes.photo(6000, 4500), "JPEG")
    assert image_de(lire(octets, tmp_path)).size == (3508, 2631)


def test_pdf_keeps_its_text_and_its_look(tmp_path: Path) -> None:
    avant = honnetes.pdf_de_typst()
    lue = lire(avant, tmp_path)
    apres = lue.parties[0].chemin.read_bytes()
    assert contenu_actif(apres) == []
    assert "Revenu fiscal de référence : 18 432 €" in texte(apres).replace("\u202f", " ").replace("\xa0", " ")
    assert "DÛRÀND Zoé-Hélène" in texte(apres)
    assert [ecart(avant, apres, n) for n in range(lue.nombre_pages)] == [0.0] * lue.nombre_pages


@pytest.mark.usefixtures("sur_place")
def test_all_that_honest_programs_draw_stays(tmp_path: Path) -> None:
    """Rewritten, not drawn: the text is still text; and to the eye, nothing changed."""
    avant = document_riche()
    apres = lire(avant, tmp_path).parties[0].chemin.read_bytes()
    assert "Document riche" in texte(apres)
    assert contenu_actif(apres) == []
    assert ecart(avant, apres) == 0
    assert {len(set(dessin(apres).crop(boite).tobytes())) > 1 for boite in CASES} == {True}


@pytest.mark.usefixtures("sur_place")
def test_reading_again_what_was_made_safe_changes_no_byte(tmp_path: Path) -> None:
    lue = lire(honnetes.pdf_de_typst(), tmp_path)
    une_fois = lue.parties[0].chemin.read_bytes()
    assert lire(une_fois, tmp_path).parties[0].chemin.read_bytes() == une_fois


@pytest.mark.usefixtures("sur_place")
def test_filled_form_keeps_what_was_typed(tmp_path: Path) -> None:
    avant = honnetes.formulaire_rempli()
    apres = lire(avant, tmp_path).parties[0].chemin.read_bytes()
    assert "DURAND Jeanne" in texte(apres)
    assert ecart(avant, apres) < 0.01


@pytest.mark.usefixtures("sur_place")
@pytest.mark.parametrize(
    ("cles", "taille"),
    [
        (b"/Rotate 90", (842, 595)),
        (b"/Rotate -90", (842, 595)),
        (b"/CropBox [100 100 300 200]", (200, 100)),
        (b"/MediaBox [0 0 842 1191]", (842, 1191)),
        (b"/MediaBox [595 842 0 0]", (595, 842)),
    ],
)
def test_size_and_direction_of_the_page_stay(cles: bytes, taille: tuple[int, int], tmp_path: Path) -> None:
    page = PAGE.replace(b"/MediaBox [0 0 595 842]", b"") % cles if b"MediaBox" in cles else PAGE % cles
    avant = document(autres={3: page})
    apres = lire(avant, tmp_path).parties[0].chemin.read_bytes()
    assert dessin(apres).size == taille
    assert ecart(avant, apres) == 0


@pytest.mark.usefixtures("sur_place")
def test_page_out_of_the_list_is_drawn_as_it_is_seen(tmp_path: Path) -> None:
    """A layer that is off stays unseen: its text is not even in the file."""
    calques = b"/OCProperties << /OCGs [22 0 R] /D << /OFF [22 0 R] >> >>"
    page = PAGE.replace(b"/Resources <<", b"/Resources << /Properties << /MC0 22 0 R >>") % b""
    visible = b"BT /F1 24 Tf 72 700 Td (VISIBLE) Tj ET /OC /MC0 BDC BT /F1 24 Tf 72 500 Td (CACHE) Tj ET EMC"
    avant = document(
        catalogue=calques,
        contenu=b"<< /Length %d >>\nstream\n%s\nendstream" % (len(visible), visible),
        autres={3: page, 22: b"<< /Type /OCG /Name (calque) >>"},
    )
    apres = lire(avant, tmp_path).parties[0].chemin.read_bytes()
    assert texte(apres).strip() == ""
    assert dessin(apres).crop((0, 300, 595, 400)).getextrema() == (255, 255)
    assert dessin(apres).crop((60, 100, 400, 160)).getextrema()[0] < 60
    assert ecart(avant, apres) < 1


def test_hundred_scanned_pages_in_bounded_memory(tmp_path: Path) -> None:
    """In the real process: a hundred A4 scans cost it the memory of a few, and cost us nothing."""
    octets = honnetes.scan(100)
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lue = lire(octets, tmp_path)
    assert lue.nombre_pages == 100
    assert [p.rang for p in lue.parties if p.part is Part.VIGNETTE] == list(range(1, 101))
    apres = lue.parties[0].chemin.read_bytes()
    assert len(pypdf.PdfReader(io.BytesIO(apres)).pages) == 100
    assert ecart(octets, apres, 99) == 0
    dit = json.loads((lue.parties[0].chemin.parent / "reponse.json").read_text())
    assert dit["memoire_ko"] < 250_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant < 60_000


@pytest.mark.skipif(os.getuid() != 0, reason="changes account")
@pytest.mark.parametrize("nom", ["heic", "pdf"])
def test_service_reads_without_being_root_too(nom: str) -> None:
    """Limits that the kernel spares root, such as the number of threads, must let decoders work."""
    octets = {"heic": honnetes.heic, "pdf": honnetes.pdf_de_typst}[nom]()
    with tempfile.TemporaryDirectory(dir="/var/tmp") as dossier:
        shutil.chown(dossier, PERSONNE, PERSONNE)
        recu = Path(dossier) / "recu"
        recu.write_bytes(octets)
        compte = {"user": PERSONNE, "group": PERSONNE, "extra_groups": []}
        if subprocess.run(["test", "-x", sys.executable], check=False, **compte).returncode:
            pytest.skip("this checkout is closed to other accounts")
        fait = subprocess.run(
            [sys.executable, "-I", Path(__file__).with_name("sans_droit.py"), recu, dossier],
            input=json.dumps(BORNES.en_dict()),
            capture_output=True,
            text=True,
            check=False,
            env={},
            **compte,
        )
        assert fait.stdout in {"image/png 1", "image/jpeg 1", "application/pdf 2"}, fait.stderr
