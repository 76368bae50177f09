"""Reading aids: the layer of honest PDF, letters of scans, and signed notices; hostile signs are never believed."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from sne.documents.lecture import aides
from sne.documents.lecture.aides import avis_de, lire_avis, lire_lignes, lire_texte
from sne.documents.lecture.filigrane import POLICE
from sne.documents.rules.aides import Origine, Signature
from tests.documents.lecture import honnetes
from tests.documents.lecture.avis_signes import CHAMPS, Autorite, page
from tests.documents.lecture.lecteurs import texte
from tests.documents.lecture.pdf_brut import document, pages
from tests.documents.limites import BORNES

AUTORITE = Autorite()
PHRASE = "AVIS D’IMPÔT ÉTABLI EN 2025"


@pytest.fixture
def source(tmp_path: Path) -> Callable[[bytes], Path]:
    def ecrire(octets: bytes) -> Path:
        (tmp_path / "source").write_bytes(octets)
        return tmp_path / "source"

    return ecrire


def scan() -> Image.Image:
    """A page of scanned letters."""
    feuille = Image.new("L", (1654, 600), 255)
    ImageDraw.Draw(feuille).text((150, 200), PHRASE, fill=0, font=ImageFont.truetype(POLICE, 60))
    return feuille


def pdf_de(*images: Image.Image) -> bytes:
    tampon = io.BytesIO()
    images[0].save(tampon, "PDF", resolution=200, save_all=True, append_images=images[1:])
    return tampon.getvalue()


def png_de(image: Image.Image) -> bytes:
    return honnetes.encoder(image, "PNG")


@pytest.mark.usefixtures("sur_place")
def test_text_layer_is_read_without_recognition(tmp_path: Path, source: Callable[[bytes], Path]) -> None:
    avant = honnetes.pdf_de_typst()
    lu = lire_texte(source(avant), mime="application/pdf", dossier=tmp_path, pages_max=5, bornes=BORNES)
    assert (lu.origine, lu.complet, len(lu.pages)) == (Origine.COUCHE, True, 2)
    assert "Avis d’impôt établi en 2025" in lu.pages[0]
    assert "DÛRÀND Zoé-Hélène" in texte(avant)


@pytest.mark.usefixtures("sur_place")
def test_lines_are_read_with_the_height_of_their_letters(
    tmp_path: Path, source: Callable[[bytes], Path]
) -> None:
    titre, corps, *_ = lire_lignes(
        source(honnetes.pdf_de_typst()), dossier=tmp_path, pages_max=5, bornes=BORNES
    )
    assert (titre.page, titre.texte) == (1, "Avis d’impôt établi en 2025")
    assert titre.taille > 1.12 * corps.taille
    assert titre.haut < titre.bas < corps.haut < corps.bas
    assert lire_lignes(source(pdf_de(scan())), dossier=tmp_path, pages_max=5, bornes=BORNES) == ()


def test_lines_that_are_not_lines_are_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hostile file that took the closed process over says what it wants: only the shape of it is believed."""
    dits = iter([{"lignes": [[1, "x", 9, 0, 9.5], ["1", "x", 9, 0, 9], [1, "x"], 3]}, {"lignes": "x"}, {}])
    monkeypatch.setattr(aides, "demander", lambda *_, **__: next(dits))
    lues = [lire_lignes(tmp_path, dossier=tmp_path, pages_max=1, bornes=BORNES) for _ in range(3)]
    assert [len(lu) for lu in lues] == [1, 0, 0]


def test_scan_is_recognised_in_french(tmp_path: Path, source: Callable[[bytes], Path]) -> None:
    lu = lire_texte(
        source(pdf_de(scan())), mime="application/pdf", dossier=tmp_path, pages_max=5, bornes=BORNES
    )
    assert (lu.origine, lu.complet) == (Origine.RECONNUE, True)
    assert "IMPÔT ÉTABLI EN 2025" in lu.pages[0]
    photo = lire_texte(source(png_de(scan())), mime="image/png", dossier=tmp_path, pages_max=5, bornes=BORNES)
    assert "IMPÔT ÉTABLI EN 2025" in photo.pages[0]
    assert list(tmp_path.iterdir()) == [tmp_path / "source"]


@pytest.mark.usefixtures("sur_place")
def test_without_engine_the_aid_is_missing_and_says_so(
    tmp_path: Path, source: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aides, "MOTEUR", "tesseract-absent")
    lu = lire_texte(
        source(pdf_de(scan())), mime="application/pdf", dossier=tmp_path, pages_max=5, bornes=BORNES
    )
    assert (lu.pages, lu.complet) == (("",), False)


@pytest.mark.usefixtures("sur_place")
def test_pages_too_many_are_not_read_and_it_is_said(tmp_path: Path, source: Callable[[bytes], Path]) -> None:
    lu = lire_texte(source(pages(4)), mime="application/pdf", dossier=tmp_path, pages_max=2, bornes=BORNES)
    assert (len(lu.pages), lu.complet) == (2, False)


def test_image_that_kills_the_engine_leaves_the_page_empty(tmp_path: Path) -> None:
    faux = tmp_path / "image"
    faux.write_bytes(b"rien")
    moteur = aides.moteur_de_texte()
    assert moteur
    assert aides._reconnaitre(faux, moteur, BORNES) is None


@pytest.mark.usefixtures("sur_place")
@pytest.mark.parametrize("porteur", ["pdf", "jpeg", "tourné"])
def test_signed_notice_is_read_and_verified(
    porteur: str, tmp_path: Path, source: Callable[[bytes], Path]
) -> None:
    feuille = page(AUTORITE.code(), angle=3 if porteur == "tourné" else 0)
    octets = (
        pdf_de(Image.new("L", (500, 500), 255), feuille)
        if porteur == "pdf"
        else honnetes.encoder(feuille, "JPEG")
    )
    mime = "application/pdf" if porteur == "pdf" else "image/jpeg"
    (avis,) = lire_avis(
        source(octets),
        mime=mime,
        dossier=tmp_path,
        pages_max=3,
        bornes=BORNES,
        certificats=AUTORITE.certificats,
    )
    assert avis.verifie
    assert (avis.declarants, avis.annee_revenus, avis.revenu_fiscal, avis.parts) == (
        ("DURAND JEANNE", "DUPONT MARTIN ZOE"),
        2024,
        18_432,
        "2,5",
    )
    assert avis.signe_par == "FRZZ ESS1"


@pytest.mark.usefixtures("sur_place")
def test_document_without_code_has_no_notice(tmp_path: Path, source: Callable[[bytes], Path]) -> None:
    assert (
        lire_avis(source(document()), mime="application/pdf", dossier=tmp_path, pages_max=3, bornes=BORNES)
        == []
    )


def test_signature_is_believed_of_who_is_known_only() -> None:
    code = AUTORITE.code()
    assert signature(code) is Signature.VALIDE
    assert signature(code, certificats=[]) is Signature.CERTIFICAT_INCONNU
    assert signature(code, certificats=AUTORITE.certificats[1:]) is Signature.CERTIFICAT_INCONNU
    assert signature(code, certificats=AUTORITE.certificats[:1]) is Signature.CERTIFICAT_INCONNU
    assert signature(code.replace("18432", "08432")) is Signature.FAUSSE
    assert signature(code[:-8] + "A" * 8) is Signature.FAUSSE


def test_namesake_of_a_known_authority_signs_nothing() -> None:
    """Same names, other keys: the certificate of the signer is not of that authority."""
    imitation = Autorite()
    assert signature(imitation.code()) is Signature.FAUSSE
    melange = [AUTORITE.certificats[0], imitation.certificats[1]]
    assert signature(imitation.code(), certificats=melange) is Signature.FAUSSE


def test_certificate_must_be_in_force_on_the_day_of_signing() -> None:
    vieux = Autorite(annees=(2010, 2015))
    assert signature(vieux.code(le=date(2014, 6, 1)), certificats=vieux.certificats) is Signature.VALIDE
    assert (
        signature(vieux.code(le=date(2025, 6, 1)), certificats=vieux.certificats)
        is Signature.CERTIFICAT_PERIME
    )


def signature(code: str, certificats: list[object] | None = None) -> Signature:
    avis = avis_de(code, AUTORITE.certificats if certificats is None else certificats)
    assert avis
    assert avis.verifie is (avis.signature is Signature.VALIDE)
    return avis.signature


@pytest.mark.parametrize(
    "code",
    [
        None,
        12,
        "",
        "bonjour",
        "DC04",
        "DC04" + "A" * 50,
        "DC09FRZZESS1" + "0" * 8 + "2801FR" + "41" * 30 + "\x1f" + "A" * 103,
        "DC04FRZZESS1" + "0" * 8 + "28XXFR41" + "1" * 40 + "\x1f" + "A" * 103,
        "DC04FRZZESS1" + "0" * 8 + "2801FR41" + "1" * 40 + "\x1f" + "é" * 103,
        "DC04FRZZESS1" + "0" * 8 + "2801FR41" + "1" * 40 + "\x1f" + "1" * 103,
        "DC04FRZZESS1" + "0" * 8 + "2801FR41" + "1" * 3_000,
        AUTORITE.code(genre="06"),
    ],
)
def test_signs_that_are_no_notice(code: object) -> None:
    assert avis_de(code) is None


def test_incomplete_notice_says_what_it_holds() -> None:
    avis = avis_de(AUTORITE.code({"46": CHAMPS["46"]}), AUTORITE.certificats)
    assert avis
    assert (avis.declarants, avis.annee_revenus, avis.revenu_fiscal, avis.parts) == (
        ("DURAND JEANNE",),
        None,
        None,
        "",
    )
