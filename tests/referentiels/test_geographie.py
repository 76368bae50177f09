"""Communes, territories, postal codes and countries: pure, on a small geography; then the whole country."""

import time

import pytest

from sne.referentiels.rules import Geographie, Trouvee, departement_de_commune
from sne.referentiels.rules.territoires import Echelon
from sne.referentiels.selectors import get_geographie, get_territoire
from tests.referentiels.geographies import petite_geographie


@pytest.mark.parametrize(
    ("code", "territoire"),
    [
        ("2B033", "02B"),
        ("2B999", "02B"),  # ended, still somewhere
        ("75116", "111"),
        ("93066", "111"),
        ("97411", "974"),
        ("98818", None),  # overseas collectivity
        ("2B900", None),  # delegated: not a commune
        ("99100", None),
        ("zzzzz", None),
        ("", None),
    ],
)
def test_territoire_de_commune(code: str, territoire: str | None) -> None:
    assert petite_geographie().territoire_de_commune(code) == territoire


@pytest.mark.parametrize(
    ("code", "nom"),
    [
        ("2B033", "Bastia"),
        ("2B999", "Disparue"),
        ("2B900", "Ancienne-Déléguée"),
        ("2B901", "San-Martino-di-Lota"),
        ("99326", "Côte d’Ivoire"),
        ("99999", "99999"),
        ("inconnu", "inconnu"),
    ],
)
def test_nom_lieu(code: str, nom: str) -> None:
    assert petite_geographie().nom_lieu(code) == nom


def test_communes_are_sorted_and_in_force() -> None:
    geographie = petite_geographie()
    noms = [c.nom for c in geographie.communes("02B")]
    assert noms == ["Bastia", "L’Île-Rousse", "San-Martino-di-Lota", "Ville-di-Pietrabugno"]
    codes = [c.code for c in geographie.communes("111")]
    assert codes == ["93031", "75056", "75101", "75116", "93066"]


def test_commune_actuelle_follows_former_codes() -> None:
    geographie = petite_geographie()
    trouvees = {code: geographie.commune_actuelle(code) for code in ("2B033", "2B901", "2B999", "2B000")}
    assert {code: c.code if c else None for code, c in trouvees.items()} == {
        "2B033": "2B033",
        "2B901": "2B305",
        "2B999": None,
        "2B000": None,
    }


def test_nom_territoire() -> None:
    assert petite_geographie().nom_territoire("111") == "Île-de-France"
    with pytest.raises(KeyError):
        petite_geographie().nom_territoire("075")


def test_communes_du_code_postal_prefers_arrondissements() -> None:
    geographie = petite_geographie()
    assert [c.code for c in geographie.communes_du_code_postal("75001")] == ["75101"]
    assert [c.code for c in geographie.communes_du_code_postal("13080")] == ["13001"]
    assert geographie.communes_du_code_postal("20999") == ()


def test_libelle_names_the_postal_code_but_for_divided_towns() -> None:
    geographie = petite_geographie()
    libelles = {c.code: c.libelle for c in geographie.communes("111")}
    assert libelles["93066"] == "Saint-Denis (93200)"
    assert libelles["75056"] == "Paris"


def test_resoudre_pays() -> None:
    geographie = petite_geographie()
    trouves = [geographie.resoudre_pays(s) for s in ("cote d'ivoire", "99326", "Atlantide")]
    assert [p.code if p else None for p in trouves] == ["99326", "99326", None]


@pytest.mark.parametrize(
    ("code", "departement"), [("2A004", "2A"), ("01001", "01"), ("97411", "974"), ("98818", "988")]
)
def test_departement_de_commune(code: str, departement: str) -> None:
    assert departement_de_commune(code) == departement


@pytest.mark.django_db
class TestPaysEntier:
    """The geography that the service reads in its tables."""

    def test_each_territory_has_its_communes(self) -> None:
        geographie = get_geographie()
        codes = {c.code for t in geographie.territoires for c in geographie.communes(t)}
        assert len(geographie.territoires) == 95
        assert len(codes) == sum(len(geographie.communes(t)) for t in geographie.territoires)
        assert all(geographie.territoire_de_commune(c) for c in codes)
        assert len(codes) > 34_900

    def test_corsica_overseas_and_ile_de_france(self) -> None:
        geographie = get_geographie()
        assert len(geographie.communes("02A")) == 124
        assert len(geographie.communes("02B")) == 236
        assert len(geographie.communes("974")) == 24
        ile_de_france = geographie.territoires["111"]
        assert ile_de_france.echelon is Echelon.REGIONAL
        assert ile_de_france.departements == ("75", "77", "78", "91", "92", "93", "94", "95")
        assert not {"075", "093", "020", "975", "988"} & set(geographie.territoires)

    def test_every_label_is_read_back(self) -> None:
        geographie = get_geographie()
        ecarts = [
            (territoire, c.libelle)
            for territoire in geographie.territoires
            for c in geographie.communes(territoire)
            if geographie.resoudre(c.libelle, territoire) != Trouvee(c)
        ]
        assert ecarts == []

    def test_get_territoire(self) -> None:
        fictif = get_territoire("099")
        assert fictif is not None
        assert (fictif.nom, fictif.fictif) == ("Val-d’Aurette", True)
        assert get_territoire("999") is None

    def test_resolution_of_the_demonstration(self) -> None:
        geographie = get_geographie()
        attendus = {
            "Aurette la ville": "99001",
            "99240": "99002",
            "Port-Aurette (99310)": "99006",
            "oeuvry-la-plaine": "99019",
        }
        trouves = {s: geographie.resoudre(s, "099") for s in attendus}
        assert {s: r.commune.code for s, r in trouves.items() if isinstance(r, Trouvee)} == attendus

    def test_is_built_fast_and_kept_small(self) -> None:
        from sne.referentiels import selectors

        selectors.oublier()
        debut = time.process_time()  # of this process alone: others may keep the cores
        geographie: Geographie = get_geographie()
        assert time.process_time() - debut < 2.0  # 0.1 s
        assert sum(map(len, geographie.textes.values())) < 3_000_000
        assert get_geographie() is geographie
