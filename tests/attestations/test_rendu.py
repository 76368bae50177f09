"""The drawn file: readable text, archivable, accessible, the same bytes everywhere, a QR code that scans."""

import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Any

import page
import pypdfium2
import pytest
import typst
import zxingcpp

from sne.attestations import rendu, rules
from sne.socle.composition import separer_fins_de_flux

EXEMPLES = Path(__file__).parent / "exemples"
NOMS = sorted(chemin.stem for chemin in EXEMPLES.glob("*.json"))
EMPREINTES = EXEMPLES / "empreintes.sha256"
CARACTERES_RARES = ["NGUYỄN", "ŌTANI", "ŁUKASZ", "Œ", "İ", "D’ÈZE", "ẞ", "ŐŰ", "Đặng", "Þór", "Ñ", "Ǽ", "Šķ"]


def donnees(nom: str) -> dict[str, Any]:
    lues: dict[str, Any] = json.loads((EXEMPLES / f"{nom}.json").read_text())
    return lues


def texte(fichier: bytes) -> str:
    """Text of the only page, each run of blanks as one space."""
    document = pypdfium2.PdfDocument(fichier)
    assert len(document) == 1
    return re.sub(r"\s+", " ", document[0].get_textpage().get_text_range())


def codes_lus(fichier: bytes, *, ppp: int) -> list[zxingcpp.Barcode]:
    """Codes that a reader finds on the page drawn at ``ppp`` dots per inch."""
    image = pypdfium2.PdfDocument(fichier)[0].render(scale=ppp / 72, grayscale=True)
    pixels = bytes(image.buffer)  # the view below does not keep it alive
    vue = zxingcpp.ImageView(pixels, image.width, image.height, zxingcpp.ImageFormat.Lum, image.stride)
    return zxingcpp.read_barcodes(vue)


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("profil", [page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1])
def test_file_is_archivable_and_accessible(nom: str, profil: page.ValidationProfile) -> None:
    rapport = page.validate_pdf_bytes(rendu.exemple(donnees(nom)), profile=profil)
    assert [(f.rule_id, f.message) for f in rapport.failures] == []
    assert rapport.is_compliant


def test_validator_refuses_a_file_without_tags() -> None:
    fichier = typst.Compiler(b"Bonjour").compile(format="pdf", pdf_tags=False)
    for profil in (page.ValidationProfile.PDF_A_2A, page.ValidationProfile.PDF_UA_1):
        assert not page.validate_pdf_bytes(fichier, profile=profil).is_compliant


def test_every_field_is_printed_in_order() -> None:
    lu = texte(rendu.exemple(donnees("dubreuil")))
    attendus = [
        "ATTESTATION SIMPLIFIÉE D’ENREGISTREMENT DÉPARTEMENTAL D’UNE DEMANDE DE LOGEMENT LOCATIF SOCIAL",
        "Nom de naissance du demandeur Dubreuil",
        "Nom d’usage du demandeur Morel",
        "Prénoms du demandeur Élodie Marie",
        "Numéro de votre demande 099 0619 004127 G0993",
        "Date de dépôt initial 3 juin 2019",
        "Date d’expiration 2 juin 2027",
        "Date de délivrance 24 nov. 2026",
        "Valable 1 an",
        "Obtenir l’attestation complète",
        "se demande dans tout guichet d’enregistrement",
        "Mettre à jour ou renouveler votre demande Faites-le dans tout guichet d’enregistrement",
        "Bienvéo",
        "AL’in",
        "7KMR-W3XQ-9TFA",
        "Vérifier cette attestation",
        "localhost:8000/verifier/",
        "article R. 441-2-4",
    ]
    positions = [lu.index(attendu) for attendu in attendus]
    assert positions == sorted(positions)


def test_regional_title_no_usage_line_and_no_demonstration_mark() -> None:
    lu = texte(rendu.exemple(donnees("ile_de_france")))
    assert "D’ENREGISTREMENT RÉGIONAL" in lu
    assert "DÉPARTEMENTAL" not in lu
    assert "usage" not in lu
    assert "DÉMONSTRATION" not in lu


def test_demonstration_is_said() -> None:
    assert "DÉMONSTRATION Document fictif, sans valeur" in texte(rendu.exemple({"demonstration": True}))


@pytest.mark.parametrize("nom", CARACTERES_RARES)
def test_rare_letters_read_back(nom: str) -> None:
    lu = texte(rendu.exemple({"nom_naissance": nom, "nom_usage": f"{nom}-{nom}", "prenoms": nom.lower()}))
    assert f"Nom de naissance du demandeur {nom} Nom d’usage du demandeur {nom}-{nom} " in lu
    assert f"Prénoms du demandeur {nom.lower()} " in lu


def test_hundred_letter_names_wrap_on_one_page_without_losing_a_letter() -> None:
    champs = donnees("noms_longs")
    assert [len(v) for v in champs.values()] == [100, 100, 100]
    lu = texte(rendu.exemple(champs)).replace(" ", "")
    for valeur in champs.values():
        assert valeur.replace(" ", "") in lu


def test_hundred_widest_letters_stay_inside_the_page() -> None:
    fichier = rendu.exemple(dict.fromkeys(("nom_naissance", "nom_usage", "prenoms"), "W" * 100))
    feuille = pypdfium2.PdfDocument(fichier)[0]
    textes = feuille.get_textpage()
    droites = [textes.get_charbox(i)[2] for i in range(textes.count_chars())]
    assert max(droites) < feuille.get_width() - 50
    assert texte(fichier).replace(" ", "").count("W") == 300 + "7KMR-W3XQ-9TFA".count("W") * 2


def test_metadata_say_title_language_and_date_of_the_data() -> None:
    fichier = rendu.exemple()
    infos = pypdfium2.PdfDocument(fichier).get_metadata_dict()
    assert infos["Title"].startswith("ATTESTATION SIMPLIFIÉE D’ENREGISTREMENT DÉPARTEMENTAL")
    assert infos["CreationDate"].startswith("D:20261124")
    assert re.search(rb"/Lang ?\(fr", fichier)


@pytest.mark.parametrize("signe", ["😀", "漢", "\u0643", "\ue000"])
@pytest.mark.parametrize("champ", ["nom_naissance", "nom_usage", "prenoms"])
def test_sign_without_glyph_is_refused_and_not_repeated(signe: str, champ: str) -> None:
    with pytest.raises(rules.GlypheManquant) as capture:
        rendu.exemple({champ: f"Dubreuil{signe}"})
    assert "Dubreuil" not in str(capture.value)
    assert capture.value.__suppress_context__


def test_thread_draws_again_after_a_missing_glyph() -> None:
    avant = rendu.exemple()
    with pytest.raises(rules.GlypheManquant):
        rendu.exemple({"prenoms": "😀"})
    assert rendu.exemple() == avant


def test_other_fault_is_not_taken_for_a_missing_glyph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendu, "dessiner_qr", lambda _: "<svg")
    with pytest.raises(typst.TypstError, match="SVG"):
        rendu.exemple()


def test_same_data_same_bytes_across_threads() -> None:
    attendus = {nom: rendu.exemple(donnees(nom)) for nom in NOMS}
    ecarts: list[str] = []

    def dessiner() -> None:
        for _ in range(10):
            ecarts.extend(nom for nom in NOMS if rendu.exemple(donnees(nom)) != attendus[nom])

    fils = [threading.Thread(target=dessiner) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert ecarts == []


def test_version_1_still_draws_the_files_it_drew() -> None:
    """Issued files are made again from their version: another byte needs a new version, not a new hash."""
    notees = dict(reversed(ligne.split("  ")) for ligne in EMPREINTES.read_text().splitlines())
    refaites = {nom: rendu.rendre(rules.completer_exemple(donnees(nom)), version=1) for nom in NOMS}
    assert {nom: hashlib.sha256(fichier).hexdigest() for nom, fichier in refaites.items()} == notees


def test_households_are_sent_to_a_portal_only_where_there_is_one() -> None:
    sans = texte(rendu.exemple())
    assert sans.count("localhost:8000") == 1  # where it is checked
    assert "Faites-le dans tout guichet d’enregistrement." in sans
    assert "se demande dans tout guichet d’enregistrement" in sans
    avec = texte(rendu.exemple({"portail_menages": "https://demande.example/menages"}))
    assert avec.count("demande.example/menages") == 1
    assert "se demande dans tout guichet d’enregistrement" in avec  # a counter issues the complete one
    assert "Faites-le sur demande.example/menages ou dans tout guichet d’enregistrement." in avec


@pytest.mark.parametrize("ppp", [100, 150, 300])
def test_qr_code_scans_to_the_verification_page(ppp: int) -> None:
    codes = codes_lus(rendu.exemple(), ppp=ppp)
    assert [c.text for c in codes] == ["http://localhost:8000/v/7KMRW3XQ9TFA/"]
    assert codes[0].ec_level == "M"
    assert codes[0].format == zxingcpp.BarcodeFormat.QRCode


def test_qr_code_is_version_4_for_the_longest_address_and_no_longer() -> None:
    adresse = "https://" + "a" * 38
    fichier = rendu.exemple({"portail": adresse})
    assert [c.text for c in codes_lus(fichier, ppp=150)] == [f"{adresse}/v/7KMRW3XQ9TFA/"]
    assert 'viewBox="0 0 33 33"' in rendu.dessiner_qr("a" * 62)
    with pytest.raises(ValueError, match="too long"):
        rendu.dessiner_qr("a" * 63)
    with pytest.raises(rules.DonneesInvalides, match="46 signes"):
        rendu.exemple({"portail": adresse + "a"})


@pytest.mark.parametrize("sequence", ["001699", "001969", "001996"])
def test_stream_that_ends_with_a_carriage_return_stays_archivable(sequence: str) -> None:
    fichier = rendu.exemple({"numero": f"0990619{sequence}G0993"})
    assert fichier.count(b"\r\r\nendstream") == 1  # the case is met, and separated
    assert page.validate_pdf_bytes(fichier, profile=page.ValidationProfile.PDF_A_2A).is_compliant
    assert "Dubreuil" in texte(fichier)


def test_line_end_is_given_only_to_streams_that_need_one_and_moves_no_offset() -> None:
    flux = b"1 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n"
    fichier = (
        b"%PDF\n" + flux % (3, b"a\rb") + flux % (3, b"ab\r") + flux % (24, b"cd\r\nendstream\nendobj\n e")
    )
    separe = separer_fins_de_flux(fichier)
    assert len(separe) == len(fichier)
    assert separe == fichier.replace(b">>\nstream\nab\r\nend", b">>stream\nab\r\r\nend")
