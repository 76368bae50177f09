"""Which commune did a person mean: pure, on a small geography."""

import pytest

from sne.referentiels.rules import Ambigue, Inconnue, Trouvee
from sne.referentiels.rules.normalisation import normaliser_lieu
from tests.referentiels.geographies import petite_geographie


def codes(resolution: Trouvee | Ambigue | Inconnue) -> tuple[str, tuple[str, ...]]:
    """The kind of answer, and the communes in it."""
    match resolution:
        case Trouvee(commune):
            return "trouvée", (commune.code,)
        case Ambigue(candidates):
            return "ambiguë", tuple(c.code for c in candidates)
        case Inconnue(proches):
            return "inconnue", tuple(c.code for c in proches)


@pytest.mark.parametrize(
    ("saisie", "territoire", "attendu"),
    [
        ("Bastia", "02B", "2B033"),
        ("  bastia ", "02B", "2B033"),
        ("BASTIA", "02B", "2B033"),
        ("Bastia (2B033)", "02B", "2B033"),
        ("Bastia (20200)", "02B", "2B033"),
        ("20200 Bastia", "02B", "2B033"),
        ("20600", "02B", "2B033"),
        ("2b033", "02B", "2B033"),
        ("20293 Bastia CEDEX 9", "02B", "2B033"),
        ("san martino di lota", "02B", "2B305"),
        ("L'Ile Rousse", "02B", "2B134"),
        ("Île-Rousse", "02B", "2B134"),
        ("ancienne déléguée", "02B", "2B033"),
        ("2B901", "02B", "2B305"),
        ("Paris", "111", "75056"),
        ("Paris 16e", "111", "75116"),
        ("paris 16ème arrondissement", "111", "75116"),
        ("Paris 01", "111", "75101"),
        ("75016", "111", "75116"),
        ("75116", "111", "75116"),
        ("75001 Paris", "111", "75101"),
        ("St Denis", "111", "93066"),
        ("St-Denis", "974", "97411"),
        ("epinay s/ seine", "111", "93031"),
        ("Port", "974", "97407"),
        ("Marseille 2", "013", "13202"),
        ("13001 Marseille", "013", "13201"),
        ("Aix-en-Provence (13001)", "013", "13001"),
        ("13001", "013", "13201"),
        ("13080", "013", "13001"),
    ],
)
def test_resoudre_finds(saisie: str, territoire: str, attendu: str) -> None:
    assert codes(petite_geographie().resoudre(saisie, territoire)) == ("trouvée", (attendu,))


def test_resoudre_shared_postal_code_gives_the_candidates() -> None:
    assert codes(petite_geographie().resoudre("20200", "02B")) == ("ambiguë", ("2B033", "2B305", "2B353"))


@pytest.mark.parametrize(
    ("saisie", "territoire", "proches"),
    [
        ("Bastya", "02B", ("2B033",)),
        ("Ville di Pietra", "02B", ("2B353",)),
        ("20000 Bastia", "02B", ("2B033",)),  # the code is not Bastia's: to be confirmed
        ("Saint-Denis", "02B", ()),  # exists, in other territories
        ("Disparue", "02B", ()),
        ("97400", "111", ()),
        ("", "02B", ()),
        ("-- ' /", "02B", ()),
    ],
)
def test_resoudre_unknown_gives_near_names(saisie: str, territoire: str, proches: tuple[str, ...]) -> None:
    assert codes(petite_geographie().resoudre(saisie, territoire)) == ("inconnue", proches)


def test_resoudre_disagreement_proposes_both() -> None:
    resolution = petite_geographie().resoudre("13080 Marseille", "013")
    assert codes(resolution) == ("ambiguë", ("13055", "13001"))


def test_resoudre_unknown_territory_is_an_error() -> None:
    with pytest.raises(KeyError):
        petite_geographie().resoudre("Bastia", "999")


@pytest.mark.parametrize(
    ("saisie", "code_postal", "attendu"),
    [
        ("Bastia", "", ("trouvée", ("2B033",))),
        ("Bastia", "20600", ("trouvée", ("2B033",))),
        ("2b033", "", ("trouvée", ("2B033",))),
        ("13001 Aix en Provence", "", ("trouvée", ("13001",))),
        ("Bastia CEDEX", "20293", ("trouvée", ("2B033",))),
        ("", "20600", ("trouvée", ("2B033",))),
        ("Nouméa", "", ("trouvée", ("98818",))),
        ("Port", "", ("trouvée", ("97407",))),
        ("Marseille", "13002", ("trouvée", ("13202",))),
        ("Saint-Denis", "", ("ambiguë", ("93066", "97411"))),
        ("Saint Denis", "97400", ("trouvée", ("97411",))),
        ("Saint-Deny", "97400", ("inconnue", ("97411",))),
        ("Bastia", "97400", ("ambiguë", ("2B033", "97411"))),
        ("Bastia", "13055", ("inconnue", ("2B033",))),  # an INSEE code is not a postal code
        ("Atlantis", "", ("inconnue", ())),
        ("", "", ("inconnue", ())),
    ],
)
def test_resoudre_partout(saisie: str, code_postal: str, attendu: tuple[str, tuple[str, ...]]) -> None:
    assert codes(petite_geographie().resoudre_partout(saisie, code_postal)) == attendu


def test_what_was_resolved_is_forgotten_past_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.referentiels.rules.geographie.RESOLUES_AU_PLUS", 1)
    geographie = petite_geographie()
    premiere = geographie.resoudre_partout("Bastia")
    assert geographie.resoudre_partout("Bastia") is premiere
    assert codes(geographie.resoudre_partout("Atlantis")) != codes(premiere)
    assert geographie.resoudre_partout("Bastia") is not premiere


@pytest.mark.parametrize(
    ("nom", "cle"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("Ste-Foy", "sainte foy"),
        ("Œuvry", "oeuvry"),
        ("Chalon s/ Saône", "chalon sur saone"),
        ("Lyon 3e Arrondissement", "lyon 3"),
        ("Lyon 03", "lyon 3"),
        ("Rennes CEDEX 7", "rennes"),
        ("Parisot 2", "parisot 2"),
        ("", ""),
    ],
)
def test_normaliser_lieu(nom: str, cle: str) -> None:
    assert normaliser_lieu(nom) == cle
