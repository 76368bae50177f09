"""The committed files agree with one another; no database."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from stdnum import luhn

from sne.referentiels.rules import (
    CATEGORIES,
    CategorieOrganisme,
    Echelon,
    NatureRattachement,
    TypeOrganisme,
    fuseaux_livres,
)
from sne.referentiels.rules.fichiers import DONNEES, lire_csv, lire_json
from sne.referentiels.rules.normalisation import normaliser_lieu
from sne.referentiels.rules.territoires import departement_de_commune

COMMUNES = {c["code"]: c for c in lire_csv("communes.csv.gz")}
DEPARTEMENTS = {d["code"]: d for d in lire_csv("departements.csv")}
TERRITOIRES = {t["code"]: t for t in lire_csv("territoires.csv")}
EPCI = {e["code"]: e for e in lire_csv("epci.csv")}
DEMO = {nom: lire_csv(f"demonstration/{nom}.csv") for nom in ("communes", "organismes", "guichets", "epci")}


def test_counts_of_the_official_code_of_2026() -> None:
    assert len(COMMUNES) == 35_014
    assert sum(bool(c["parent"]) for c in COMMUNES.values()) == 45
    assert len(DEPARTEMENTS) == 109
    assert len(TERRITOIRES) == 94
    assert len(lire_csv("regions.csv")) == 26


def test_each_commune_is_in_its_departement_and_grouping() -> None:
    for commune in COMMUNES.values():
        assert departement_de_commune(commune["code"]) == commune["departement"]
        assert commune["departement"] in DEPARTEMENTS
        assert not commune["epci"] or commune["epci"] in EPCI
        assert not commune["ept"] or EPCI[commune["ept"]]["nature"] == "EPT"


def test_each_grouping_has_members() -> None:
    membres = {c[lien] for c in COMMUNES.values() for lien in ("epci", "ept")}
    assert set(EPCI) == membres - {""}


def test_arrondissements_belong_to_three_towns() -> None:
    villes = Counter(c["parent"] for c in COMMUNES.values() if c["parent"])
    assert villes == {"75056": 20, "13055": 16, "69123": 9}
    for c in COMMUNES.values():
        if c["parent"]:
            assert set(c["codes_postaux"].split()) <= set(COMMUNES[c["parent"]]["codes_postaux"].split())


def test_territories_are_departements_but_for_ile_de_france() -> None:
    franciliens = {d["code"] for d in DEPARTEMENTS.values() if d["territoire"] == "111"}
    assert franciliens == {"75", "77", "78", "91", "92", "93", "94", "95"}
    autres = {d["code"]: d["territoire"] for d in DEPARTEMENTS.values() if d["code"] not in franciliens}
    assert (autres["01"], autres["2A"], autres["2B"], autres["974"]) == ("001", "02A", "02B", "974")
    assert {c for c, t in autres.items() if not t} == {"975", "977", "978", "984", "986", "987", "988", "989"}
    assert [t["code"] for t in TERRITOIRES.values() if t["echelon"] == Echelon.REGIONAL] == ["111"]


def test_each_territory_has_the_clock_of_its_counters() -> None:
    midi = datetime(2026, 7, 1, 12, tzinfo=UTC)
    heures = {code: midi.astimezone(fuseau).hour for code, fuseau in fuseaux_livres().items()}
    assert {code: heure for code, heure in heures.items() if heure != 14} == {
        "971": 8,
        "972": 8,
        "973": 9,
        "974": 16,
        "976": 15,
    }
    assert set(heures) == set(TERRITOIRES)


def test_postal_codes_have_five_digits() -> None:
    codes = [code for c in COMMUNES.values() for code in c["codes_postaux"].split()]
    assert all(re.fullmatch(r"\d{5}", code) for code in codes)
    assert [c["nom"] for c in COMMUNES.values() if not c["codes_postaux"] and c["departement"] != "984"] == []
    assert COMMUNES["2B033"]["codes_postaux"] == "20200 20600"


def test_former_communes_lead_to_present_ones() -> None:
    rattachees = lire_csv("communes_rattachees.csv.gz")
    assert {r["commune"] for r in rattachees} <= set(COMMUNES)
    assert {r["nature"] for r in rattachees} == set(NatureRattachement)
    assert max(Counter(r["code"] for r in rattachees).values()) == 1


def test_names_use_the_typographic_apostrophe_and_have_a_key() -> None:
    assert not [c["nom"] for c in COMMUNES.values() if "'" in c["nom"]]
    assert all(normaliser_lieu(c["nom"]) for c in COMMUNES.values())


def test_countries() -> None:
    pays = {p["code"]: p["nom"] for p in lire_csv("pays.csv")}
    assert len(pays) == len(set(pays.values())) == 224
    assert all(re.fullmatch(r"99[1-5]\d\d", code) for code in pays)
    assert (pays["99100"], pays["99350"], pays["99352"], pays["99139"]) == (
        "France",
        "Maroc",
        "Algérie",
        "Portugal",
    )


def test_each_committed_file_stays_small() -> None:
    tailles = {f.name: len(f.read_bytes()) for f in DONNEES.iterdir() if f.is_file()}
    assert max(tailles.values()) < 600_000


def test_nomenclature_codes_are_unique_and_fall_back_on_known_codes() -> None:
    for liste, description in lire_json("nomenclatures.json").items():
        codes = [v["code"] for v in description["valeurs"]]
        assert len(codes) == len(set(codes)), liste
        assert {v["repli"] for v in description["valeurs"] if "repli" in v} <= set(codes), liste


class TestDemonstration:
    """The fictional territory."""

    def test_communes_are_fictional(self) -> None:
        assert len(DEMO["communes"]) == 24
        assert not {c["code"] for c in DEMO["communes"]} & (
            set(COMMUNES) | {p["code"] for p in lire_csv("pays.csv")}
        )
        reels = {code for c in COMMUNES.values() for code in c["codes_postaux"].split()}
        assert not {code for c in DEMO["communes"] for code in c["codes_postaux"].split()} & reels
        assert {c["epci"] for c in DEMO["communes"]} == {e["code"] for e in DEMO["epci"]}

    def test_bodies_have_a_fictional_siren_and_a_category_of_their_type(self) -> None:
        for organisme in DEMO["organismes"]:
            assert organisme["siren"].startswith("999")
            assert luhn.is_valid(organisme["siren"])
            assert organisme["categorie"] in CATEGORIES[TypeOrganisme(organisme["type_organisme"])]

    def test_forty_counters_of_all_types(self) -> None:
        locaux = [g for g in DEMO["guichets"] if g["territoire"] == "099"]
        assert len(locaux) == 40
        types = {o["code"]: o["type_organisme"] for o in DEMO["organismes"]}
        assert {types[g["organisme"]] for g in locaux} == set(TypeOrganisme) - {TypeOrganisme.PGP}

    def test_counters_are_well_formed(self) -> None:
        assert max(Counter((g["territoire"], g["code"]) for g in DEMO["guichets"]).values()) == 1
        assert all(re.fullmatch(r"[A-Z0-9]{5}", g["code"]) for g in DEMO["guichets"])
        assert all(re.fullmatch(r"(\+33[1-9]\d{8})?", g["telephone"]) for g in DEMO["guichets"])
        communes = COMMUNES | {c["code"]: c for c in DEMO["communes"]}
        for guichet in DEMO["guichets"]:
            assert guichet["code_postal"] in communes[guichet["commune"]]["codes_postaux"].split()

    @pytest.mark.parametrize("territoire", ["02A", "02B", "111", "974"])
    def test_real_territories_have_a_fictional_counter(self, territoire: str) -> None:
        assert [g["code"] for g in DEMO["guichets"] if g["territoire"] == territoire]


def test_every_category_has_one_type() -> None:
    toutes = [c for categories in CATEGORIES.values() for c in categories]
    assert sorted(toutes) == sorted(CategorieOrganisme)
    assert set(CATEGORIES) == set(TypeOrganisme)
