"""Drawings: said in words, beside the same figures in a table, without a style of their own, nothing left unescaped."""

import csv
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sne.infocentre.dessins import (
    Dessin,
    Lieu,
    Mesure,
    Serie,
    barres,
    carte_de_communes,
    carte_de_tuiles,
    classer_les_cas,
    courbe,
    histogramme,
)
from sne.infocentre.dessins.carte import communes, tuiles
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

E = EtatCellule
PART = Mesure("Part de l’État", "%", 1)
ETATS = {
    "Habitat <b>": Cellule(E.VALEUR, Decimal("12.5"), 40, 320),
    "Logis": Cellule(E.FRAGILE, Decimal("33.3"), 4, 12),
    "Zéro": Cellule(E.ZERO, 0),
    "Moins": Cellule(E.VALEUR, Decimal("-4.0")),
    "Petit": Cellule(E.TROP_PETIT, None, 2, 7),
    "Absent": Cellule(E.NON_DISPONIBLE),
    "Tu": Cellule(E.SECRET, Decimal(50)),
}
MOIS = [(date(2026, rang, 1), c) for rang, c in enumerate(ETATS.values(), start=1)]


@given(st.dictionaries(st.integers(-400, 5000), st.integers(1, 40), min_size=1, max_size=30))
def test_every_case_is_in_one_class(valeurs: dict[int, int]) -> None:
    classes = classer_les_cas(valeurs)
    fins = [fin for fin, _ in classes]
    assert sum(n for _, n in classes) == sum(valeurs.values())
    assert len(classes) <= 12
    assert len({b - a for a, b in pairwise(fins)}) <= 1
    assert fins[-1] >= max(valeurs)
    assert fins == sorted(fins)


LIEUX = [
    Lieu(code, nom, c)
    for code, (nom, c) in zip(("001", "111", "02A", "974", "971", "059", "033"), ETATS.items(), strict=True)
]
COMMUNES = [Lieu(f"990{rang:02d}", nom, c) for rang, (nom, c) in enumerate(ETATS.items(), start=1)]


def dessins(*, tableau: str = "") -> Mapping[str, Dessin]:
    return {
        "barres": barres(PART, list(ETATS.items()), identifiant="b", tableau=tableau),
        "courbe": courbe(
            PART, [Serie("2026", MOIS), Serie("2025", MOIS[::-1])], identifiant="c", tableau=tableau
        ),
        "histogramme": histogramme(
            Mesure("Délai"),
            [("0", 4), ("1", 9)],
            dedans=1,
            mots="le jour même",
            identifiant="h",
            tableau=tableau,
        ),
        "tuiles": carte_de_tuiles(PART, LIEUX, identifiant="t", tableau=tableau),
        "communes": carte_de_communes(
            PART, COMMUNES, identifiant="m", tableau=tableau, contours=communes(), credit="IGN, 2026"
        ),
        "carrés": carte_de_communes(PART, COMMUNES, identifiant="k", tableau=tableau),
    }


@pytest.mark.parametrize("nom", ["barres", "courbe", "histogramme", "tuiles", "communes", "carrés"])
def test_a_drawing_is_said_and_has_its_table(nom: str) -> None:
    with translation.override("fr"):
        dessin = dessins()[nom]
    racine = ET.fromstring(f"<div>{dessin.svg}</div>")
    images = racine.findall("figure/svg")
    assert [i.get("viewBox", "").split()[2] for i in images] == ["900", "340"]
    ids = [x.get("id") for x in racine.iter() if x.get("id")]
    assert len(ids) == len(set(ids))
    for image in images:
        assert image.get("role") == "img"
        titre, desc = image.find("title"), image.find("desc")
        assert titre is not None
        assert desc is not None
        assert image.get("aria-labelledby") == f"{titre.get('id')} {desc.get('id')}"
        assert desc.text == dessin.phrase
        assert racine.find(f".//caption[@id='{image.get('aria-describedby')}']") is not None
    lignes = [tuple("".join(c.itertext()) for c in tr) for tr in racine.iterfind(".//tbody/tr")]
    assert tuple(lignes) == dessin.lignes
    assert not re.search(r"\bstyle=|<script|<b>", dessin.svg)
    coordonnees = re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"', dessin.svg)
    assert all(re.fullmatch(r"-?\d+(\.\d)?", c) for c in coordonnees)


def test_a_page_that_has_the_table_gets_no_other() -> None:
    for dessin in dessins(tableau="mon-tableau").values():
        assert "<table" not in dessin.svg
        assert dessin.svg.count('aria-describedby="mon-tableau"') == 2


def test_absence_is_a_gap_and_a_sign_never_a_bar_of_zero() -> None:
    racine = ET.fromstring(f"<div>{dessins()['barres'].svg}</div>")
    assert len(racine.findall("figure/svg")[0].findall("rect")) == 4
    premiere = ET.fromstring(f"<div>{dessins()['courbe'].svg}</div>").findall("figure/svg")[0]
    serie = premiere.findall("g")[0]
    assert (len(serie.findall("polyline")), len(serie.findall("circle"))) == (1, 4)
    assert [t.text for t in premiere.iterfind("text[@class='reg-dessin__absent']")] == [
        "2 sur 7",
        "n.\u00a0d.",
        "▪",
    ]


def test_signs_of_months_without_a_figure_do_not_cover_each_other() -> None:
    """On a phone a sign has the room of a named month; the table has them all."""
    rien = Cellule(E.NON_DISPONIBLE)
    points = [(date(2025, m, 1), rien) for m in range(1, 12)] + [(date(2025, 12, 1), Cellule(E.VALEUR, 4))]
    dessin = courbe(Mesure("Délai"), [Serie("", points)], identifiant="c")
    large, etroit = ET.fromstring(f"<div>{dessin.svg}</div>").findall("figure/svg")
    assert len(large.findall("text[@class='reg-dessin__absent']")) == 11
    places = [float(t.get("x", "")) for t in etroit.iterfind("text[@class='reg-dessin__absent']")]
    assert len(places) > 1
    assert min(b - a for a, b in pairwise(places)) > 30


def test_the_sentence_is_of_every_line_even_of_those_that_are_not_drawn() -> None:
    lignes = [(f"Guichet {n}", Cellule(E.VALEUR, n)) for n in range(9, 0, -1)]
    dessin = barres(Mesure("Dépôts"), lignes[:3], identifiant="b", toutes=lignes)
    assert "1 au plus bas (Guichet 1)" in dessin.phrase
    assert len(dessin.lignes) == 3


def test_every_territory_has_its_own_square_and_no_two_overlap() -> None:
    with (files("sne.referentiels") / "donnees/territoires.csv").open(encoding="utf-8") as fichier:
        codes = {r["code"] for r in csv.DictReader(fichier)}
    assert set(tuiles()) == codes | {"099"}
    places = [(c + i, r + j) for c, r, cote in tuiles().values() for i in range(cote) for j in range(cote)]
    assert len(places) == len(set(places))
    assert tuiles()["111"][2] == 2


def test_every_commune_of_the_fictional_territory_is_drawn() -> None:
    with (files("sne.referentiels") / "donnees/demonstration/communes.csv").open(encoding="utf-8") as fichier:
        assert set(communes()) == {r["code"] for r in csv.DictReader(fichier)}
    assert all(len(contour) >= 3 for [contour] in communes().values())


def test_a_commune_too_small_for_the_drawing_is_a_dot() -> None:
    grande, petite = [((0, 0), (1, 0), (1, 1), (0, 1))], [((0.5, 0.5), (0.5001, 0.5), (0.5, 0.5001))]
    lieux = [Lieu(code, code, Cellule(E.VALEUR, 1)) for code in ("01001", "01002")]
    contours = {"01001": grande, "01002": petite}
    dessin = carte_de_communes(PART, lieux, identifiant="m", contours=contours)
    assert dessin.svg.count('d="M280 280h1v1h-1z"') == 1
    assert dessin.svg.count('d="M0 0L560 0L560 560L0 560z"') == 1


def test_words_stand_amid_what_is_enclosed_whatever_the_vertices() -> None:
    """A shore of many vertices does not draw the name to it; nothing enclosed, the name is on a vertex."""
    rivage = [((0.0, n / 100) for n in range(101)), ((1.0, 1.0), (1.0, 0.0))]
    contours = {
        "01001": [tuple(point for cote in rivage for point in cote)],
        "01002": [((0, 0), (1, 0), (0.5, 0))],
    }
    lieux = [Lieu(code, f"Commune {code}", Cellule(E.VALEUR, 1)) for code in contours]
    svg = carte_de_communes(PART, lieux, identifiant="m", contours=contours).svg
    assert re.findall(r'<text class="reg-dessin__lieu" x="(\d+)" y="(\d+)"[^>]*>Commune 01001', svg) == [
        ("280", "280")
    ]
    assert 'd="M0 0L560 0L280 0z"' in svg


def test_words_that_would_cover_others_are_left_out_the_largest_places_first() -> None:
    """The figure alone where the name has no room, nothing where the figure has none; a hole shows what is in it."""
    grande = [[(0, 0), (1, 0), (1, 1), (0, 1)], [(0.45, 0.45), (0.45, 0.55), (0.55, 0.55), (0.55, 0.45)]]
    contours = {
        "01001": grande,
        "01002": [[(0.45, 0.45), (0.55, 0.45), (0.55, 0.55), (0.45, 0.55)]],
        "01003": [[(0.9, 0.48), (1, 0.48), (1, 0.52), (0.9, 0.52)]],
        "01004": [[(0.9, 0.45), (1, 0.45), (1, 0.48), (0.9, 0.48)]],
    }
    noms = {"01001": "Grande", "01002": "Enclavée", "01003": "Du bord", "01004": "Un peu plus loin"}
    lieux = [Lieu(code, noms[code], Cellule(E.VALEUR, 1)) for code in contours]
    svg = carte_de_communes(PART, lieux, identifiant="m", contours=contours).svg
    large = svg.partition("</svg>")[0]
    assert "Grande</text>" in large
    assert "Du bord</text>" in large
    assert "Enclavée</text>" not in large
    assert "Un peu plus" not in large
    assert 2 <= large.count("1,0\u00a0%</text>") <= 3, "one at least has no room even for its figure"
    assert svg.count('<g fill-rule="evenodd">') == 2


def test_a_place_without_a_square_is_an_error_not_a_hole() -> None:
    with pytest.raises(KeyError):
        carte_de_tuiles(PART, [Lieu("987", "Ailleurs", Cellule(E.ZERO, 0))], identifiant="x")


def test_a_legend_says_bounds_and_hatchings() -> None:
    svg = dessins()["tuiles"].svg
    assert svg.count("en pointillés\u00a0: fragile") == 2
    assert svg.count("sans chiffre") == 2
    assert "−4,0\u00a0%" in svg


def test_nothing_to_draw_is_said() -> None:
    for dessin in (
        barres(PART, [], identifiant="b"),
        courbe(PART, [Serie("", [])], identifiant="c"),
        histogramme(PART, [], dedans=0, mots="", identifiant="h"),
        carte_de_tuiles(PART, [], identifiant="t"),
    ):
        assert "aucun" in dessin.phrase
