"""Lines of a printed page become a text: headings, lists, paragraphs; nothing of it is taken for a sign of Markdown."""

import pytest

from sne.textes.rules import Ligne, en_markdown, rendre


def lignes(*dites: str, page: int = 1, depuis: float = 0) -> list[Ligne]:
    """Lines one under the other; « = » and « == » before those of taller letters, « » for a blank between two."""
    faites, haut = [], depuis
    for dite in dites:
        texte = dite.lstrip("=").strip()
        taille = {0: 11.0, 1: 18.0, 2: 14.0}[len(dite) - len(dite.lstrip("="))]
        if texte:
            faites.append(Ligne(page, texte, taille, haut, haut + taille))
        haut += taille + 3
    return faites


def test_headings_paragraphs_and_lists_are_told_apart() -> None:
    page = lignes(
        "= Accueillir une personne",
        "Le guichet reçoit toute per-",
        "sonne, et lui remet son nu\u00ad",
        "méro.",
        "",
        "== Les pièces",
        "Une seule suffit :",
        "• la carte d’identité, ou",
        "le passeport ;",
        "– un titre de séjour.",
        "1. Relisez.",
        "2) Imprimez.",
        "",
        "Fin.",
    )
    assert en_markdown(page) == (
        "## Accueillir une personne\n\nLe guichet reçoit toute per-sonne, et lui remet son numéro.\n\n"
        "### Les pièces\n\nUne seule suffit :\n\n- la carte d’identité, ou le passeport ;\n- un titre de séjour.\n\n"
        "1. Relisez.\n1. Imprimez.\n\nFin."
    )


def test_a_paragraph_goes_on_over_the_page_and_running_heads_are_left_out() -> None:
    pages = [
        *lignes("Guide, page 1", "", "Une phrase qui", page=1),
        *lignes("Guide, page 2", "continue ici.", "", "Une autre.", page=2),
        *lignes("Guide, page 3", "", "La dernière.", page=3),
    ]
    assert en_markdown(pages) == "Une phrase qui continue ici.\n\nUne autre.\n\nLa dernière."


def test_what_markdown_would_read_stays_text() -> None:
    ecrit = en_markdown(
        lignes("# Pas un titre", "", "Un *mot* et_un [lien](https://exemple.fr)", "", "::: encart")
    )
    rendu = rendre(ecrit).html
    assert "<h" not in rendu
    assert "<em>" not in rendu
    assert "<a " not in rendu
    for dit in ("# Pas un titre", "*mot* et_un [lien]", "::: encart"):
        assert dit in rendu


def test_headings_go_no_deeper_than_pages_do_and_a_long_line_is_none() -> None:
    tailles = (30.0, 26.0, 22.0, 18.0)
    titres = [Ligne(1, f"Titre {t:g}", t, rang * 40, rang * 40 + t) for rang, t in enumerate(tailles)]
    long_ = Ligne(1, "mot " * 60, 18.0, 300, 318)
    corps = Ligne(1, "Le texte du document, " * 40, 11.0, 400, 411)
    ecrit = en_markdown([*titres, long_, corps])
    assert [x.partition(" ")[0] for x in ecrit.split("\n\n")[:4]] == ["##", "###", "####", "####"]
    assert not ecrit.split("\n\n")[4].startswith("#")
    rendre(ecrit)


@pytest.mark.parametrize(
    "rien", [[], lignes("Entête 1", page=1) + lignes("Entête 2", page=2) + lignes("Entête 3", page=3)]
)
def test_a_document_without_words_gives_nothing(rien: list[Ligne]) -> None:
    assert en_markdown(rien) == ""
