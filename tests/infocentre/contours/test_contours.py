"""A file of outlines: read as official ones are written, refused in a sentence, drawn without a gap, credited."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.guichet.infocentre import graphes
from sne.infocentre.contours import actions
from sne.infocentre.contours.actions import Chargement, charger_contours
from sne.infocentre.contours.models import ContoursDepartement
from sne.infocentre.contours.rules import CODES, PAR_DEGRE, lire_contours, trier
from sne.infocentre.contours.selectors import get_fond
from sne.infocentre.dessins import Lieu, Mesure, carte_de_communes
from sne.infocentre.rapports.rules.lieux import Lieu as Lieu_
from sne.infocentre.rapports.rules.lieux import NatureLieu, Portee
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule
from sne.referentiels.selectors.decoupage import list_communes_par_departement
from sne.socle.erreurs import Interdit
from tests.cli.commandes import sne

LE = datetime(2026, 11, 29, 12, tzinfo=UTC)
DEPARTEMENT = "90"  # the fewest communes
CREDIT = {"source": "IGN, ADMIN EXPRESS 2026", "licence": "Licence Ouverte 2.0"}


def carre(x: float, y: float, cote: float = 0.01) -> list[list[list[float]]]:
    return [[[x, y], [x + cote, y], [x + cote, y + cote], [x, y + cote], [x, y]]]


def element(
    code: object, coordonnees: object = None, *, champ: str = "code", genre: str = "Polygon"
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {champ: code},
        "geometry": {"type": genre, "coordinates": carre(6.8, 47.6) if coordonnees is None else coordonnees},
    }


def fichier(*elements: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": elements}).encode()


def du_departement(sauf: int = 0) -> list[dict[str, Any]]:
    """Each commune a square beside the one before."""
    codes = list_communes_par_departement()[DEPARTEMENT]
    return [
        element(code, carre(6.8 + 0.01 * (n % 10), 47.5 + 0.01 * (n // 10)))
        for n, code in enumerate(codes[: len(codes) - sauf])
    ]


def charger(octets: bytes, **autres: str) -> Chargement:
    return charger_contours(io.BytesIO(octets), **{**CREDIT, **autres}, le=LE)


@pytest.mark.parametrize("champ", CODES)
def test_read_as_official_files_are_written(champ: str) -> None:
    trou = [*carre(2.0, 46.0, 1.0), *carre(2.2, 46.2, 0.1)]
    lus = lire_contours(
        fichier(
            element("36001", trou, champ=champ),
            element("2A004", [trou, carre(3, 46)], champ=champ, genre="MultiPolygon"),
        )
    )
    assert lus["36001"][0] == [4000, 92000, 6000, 92000, 6000, 94000, 4000, 94000]
    assert (len(lus["36001"]), len(lus["2A004"])) == (2, 3)


@given(st.floats(-5, 9), st.floats(41, 51), st.floats(-0.4, 0.4), st.floats(-0.4, 0.4))
def test_neighbours_keep_their_border(x: float, y: float, a: float, b: float) -> None:
    """The same vertex, met in two communes, in any order, goes to one point of the grid."""
    bord = [[x, y], [x + a, y + 0.1], [x + b, y + 0.2]]
    ouest, est = [[*bord, [x - 1, y]]], [[*reversed(bord), [x + 1, y]]]
    lus = lire_contours(fichier(element("01001", ouest), element("01002", est)))
    communs = [set(zip(anneau[::2], anneau[1::2], strict=True)) for [anneau] in lus.values()]
    assert {(round(u * PAR_DEGRE), round(v * PAR_DEGRE)) for u, v in bord} <= communs[0] & communs[1]


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "pas un GeoJSON lisible"),
        (b"\xff\xfe", "pas un GeoJSON lisible"),
        (b"[" * 100_000, "pas un GeoJSON lisible"),
        (b"PK\x03\x04 un zip", "pas un GeoJSON lisible"),
        (b"[]", "pas un GeoJSON lisible"),
        (b'{"type": "Topology"}', "pas un GeoJSON lisible"),
        (fichier(), "pas un GeoJSON lisible"),
        (fichier("une chaîne"), "ne dit pas le code INSEE"),
        (fichier({"properties": ["code"]}), "ne dit pas le code INSEE"),
        (fichier(element("75")), "ne dit pas le code INSEE"),
        (fichier(element(75056)), "ne dit pas le code INSEE"),
        (fichier(element("<script>")), "ne dit pas le code INSEE"),
        (fichier(element("90010"), element("90010")), "La commune 90010 y est deux fois"),
        (fichier({"properties": {"code": "90010"}, "geometry": None}), "pas une surface"),
        (fichier(element("90010", [1, 2], genre="Point")), "pas une surface"),
        (fichier(element("90010", "x")), "pas une surface"),
        (fichier(element("90010", [3])), "pas en degrés"),
        (fichier(element("90010", [[["a", "b"]]])), "pas en degrés"),
        (fichier(element("90010", [[[1]]])), "pas en degrés"),
        (fichier(element("90010", carre(983_000, 6_730_000))), "pas en degrés"),
        (fichier(element("90010", [[[1e999, 1]]])), "GeoJSON lisible"),
        (fichier(element("90010", [[[6.8, float("nan")]]])), "GeoJSON lisible"),
        (fichier(element("90010", [])), "n’entoure rien"),
        (fichier(element("90010", carre(6.8, 47.6, 1e-9))), "n’entoure rien"),
    ],
)  # fmt: skip
def test_any_other_file_is_refused_in_a_sentence(octets: bytes, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase):
        lire_contours(octets)


def test_a_departement_is_drawn_whole_or_not_at_all() -> None:
    contours = lire_contours(fichier(*(element(f"0100{n}") for n in range(1, 10)), element("02001")))
    connues: Mapping[str, list[str]] = {
        "01": [f"0100{n}" for n in range(10)], "02": ["02001", "02002"], "03": ["03001"],
    }  # fmt: skip
    gardes, incomplets = trier(contours, connues)
    assert (len(gardes["01"]), [*gardes], incomplets) == (9, ["01"], {"02": 1})
    with pytest.raises(Interdit, match="Aucun département"):
        trier(contours, {"02": connues["02"]})


@pytest.mark.django_db
@pytest.mark.usefixtures("en_owner")
class TestCharger:
    def test_replaced_at_once_the_others_stay(self) -> None:
        fait = charger(fichier(*du_departement(), element("00999")))
        assert (dict(fait.departements), fait.incomplets, fait.inconnues) == (
            {"90": len(du_departement())},
            {},
            1,
        )
        charger(fichier(*du_departement()), source="geo.api.gouv.fr")
        assert [(c.source, c.charge_le) for c in ContoursDepartement.objects.all()] == [
            ("geo.api.gouv.fr", LE)
        ]
        with pytest.raises(Interdit, match="Aucun département"):
            charger(fichier(*du_departement(sauf=40)))
        assert get_fond(["90"]).credit == "geo.api.gouv.fr, Licence Ouverte 2.0"

    def test_whose_it_is_must_be_told(self) -> None:
        for manque in ({"source": "  "}, {"licence": "x" * 201}):
            with pytest.raises(Interdit, match="imprimée sous chaque carte"):
                charger(fichier(element("90010")), **manque)

    def test_too_large_to_be_read_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(actions, "OCTETS_MAX", 100)
        with pytest.raises(Interdit, match="contours simplifiés"):
            charger(fichier(*du_departement()))

    def test_a_map_lies_as_the_country_does_and_names_its_source(self) -> None:
        charger(fichier(*du_departement()))
        fond = get_fond(["90", "25"])
        codes = sorted(fond.contours)
        lieux = [Lieu(c, f"Commune {c}", Cellule(EtatCellule.VALEUR, n)) for n, c in enumerate(codes[1:])]
        dessin = carte_de_communes(
            Mesure("Demandes"), lieux, identifiant="m", contours=fond.contours, credit=fond.credit
        )
        assert dessin.svg.count("Contours\u00a0: IGN, ADMIN EXPRESS 2026, Licence Ouverte 2.0.") == 2
        assert dessin.svg.count("reg-dessin__zone--vide") == 4, "one without a line, and its legend, twice"
        assert "Commune" not in dessin.svg.partition("</svg>")[0].partition("<path")[2], (
            "too many names to be read"
        )
        (xs, ys) = zip(*(p for a in fond.contours.values() for r in a for p in r), strict=True)
        assert -47.7 < min(ys) < max(ys) < -47.4, "the north is above"
        assert max(xs) - min(xs) < 0.1, "a degree of longitude is shorter there"

    def test_the_map_of_a_place_is_of_its_communes_alone(self) -> None:
        """A wish elsewhere is in the table; without an outline, each commune is a square."""
        colonne = Colonne("A", "Demandes")
        ici = Portee(Lieu_(NatureLieu.TERRITOIRE, "090"), ("090",))
        codes = [*list_communes_par_departement()[DEPARTEMENT][:5], "75056"]
        lieux = [Lieu(c, f"Commune {c}", Cellule(EtatCellule.VALEUR, 1)) for c in codes]
        carres = graphes._carte_de_communes(colonne, lieux, ici, "g")
        assert carres.titre == "Demandes, par commune : un carré chacune, par ordre alphabétique"
        assert "Contours" not in carres.dessin.svg
        tous = [Lieu(str(n), f"Commune {n}", Cellule(EtatCellule.VALEUR, 1)) for n in range(121)]
        coupee = graphes._carte_de_communes(colonne, tous, ici, "g")
        assert coupee.titre == f"{carres.titre}, les 120 premières sur 121"
        charger(fichier(*du_departement()))
        for portee in (ici, replace(ici, departement=DEPARTEMENT)):
            carte = graphes._carte_de_communes(colonne, lieux, portee, "g")
            assert carte.titre == "Demandes, par commune\u00a0: 1\u00a0autre est dans le tableau"
            assert "Contours" in carte.dessin.svg
            assert [nom for nom, _ in carte.dessin.lignes] == [f"Commune {c}" for c in codes[:5]]
        nation = replace(ici, lieu=Lieu_(NatureLieu.NATION, ""), territoires=("090", "099"))
        assert "un carré chacune" in graphes._carte_de_communes(colonne, lieux, nation, "g").titre
        val = [Lieu(c, c, Cellule(EtatCellule.VALEUR, 1)) for c in ("99001", "99002")]
        dessin = graphes._carte_de_communes(colonne, val, replace(ici, territoires=("099",)), "g")
        assert dessin.titre == "Demandes, par commune"
        assert "rien de compté" in dessin.dessin.svg

    def test_as_an_operator_runs_it(self, tmp_path: Path) -> None:
        bon, mauvais = tmp_path / "communes.geojson", tmp_path / "mauvais.geojson"
        un_de_plus = element(list_communes_par_departement()["70"][0])
        bon.write_bytes(fichier(*du_departement(), un_de_plus, element("00999")))
        fait = sne("infocentre", "charger-contours", str(bon), "--source", "IGN")
        assert fait.code == 0, fait.erreur
        assert fait.sortie.splitlines() == [
            f"90   {len(du_departement())} commune(s)", "70   1 commune(s) seulement : non remplacé",
            "1 contour(s) d’aucune commune d’aujourd’hui, ignoré(s).",
        ]  # fmt: skip
        assert (
            sne("infocentre", "charger-contours", str(bon), "--source", "IGN", "--json").json["inconnues"]
            == 1
        )
        mauvais.write_text("code;contour\n")
        refus = sne("infocentre", "charger-contours", str(mauvais), "--source", "IGN")
        assert (refus.code, "pas un GeoJSON lisible" in refus.erreur) == (1, True)


@pytest.mark.django_db
def test_without_any_file_there_is_no_outline_and_nobody_to_name() -> None:
    assert (get_fond(["90"]).contours, get_fond([]).credit) == ({}, "")
