"""A small geography written by hand, for tests without a database."""

from sne.referentiels.rules import Echelon, Geographie, PaysChoix, TerritoireChoix
from sne.referentiels.rules.geographie import ligne
from sne.referentiels.rules.normalisation import normaliser_lieu


def commune(code: str, nom: str, codes_postaux: str, *, parent: str = "", fin: str = "") -> str:
    """The line of a commune."""
    return ligne("C", code, nom, normaliser_lieu(nom), parent, codes_postaux, fin)


def rattachee(code: str, nom: str, vers: str) -> str:
    """The line of a delegated commune or of a former code."""
    return ligne("R", code, nom, normaliser_lieu(nom), vers, "", "")


HAUTE_CORSE = (
    commune("2B033", "Bastia", "20200 20600"),
    commune("2B134", "L’Île-Rousse", "20220"),
    commune("2B305", "San-Martino-di-Lota", "20200"),
    commune("2B353", "Ville-di-Pietrabugno", "20200"),
    commune("2B999", "Disparue", "20999", fin="2025-12-31"),
    rattachee("2B900", "Ancienne-Déléguée", "2B033"),
    rattachee("2B901", "", "2B305"),
)
BOUCHES_DU_RHONE = (
    commune("13001", "Aix-en-Provence", "13080 13100"),
    commune("13055", "Marseille", "13001 13002"),
    commune("13201", "Marseille 1er Arrondissement", "13001", parent="13055"),
    commune("13202", "Marseille 2e Arrondissement", "13002", parent="13055"),
)
PARIS = (
    commune("75056", "Paris", "75001 75016 75116"),
    commune("75101", "Paris 1er Arrondissement", "75001", parent="75056"),
    commune("75116", "Paris 16e Arrondissement", "75016 75116", parent="75056"),
)
SEINE_SAINT_DENIS = (
    commune("93031", "Épinay-sur-Seine", "93800"),
    commune("93066", "Saint-Denis", "93200 93210"),
)
REUNION = (commune("97407", "Le Port", "97420"), commune("97411", "Saint-Denis", "97400"))
NOUVELLE_CALEDONIE = (commune("98818", "Nouméa", "98800"),)
DEPARTEMENTS = {
    "2B": HAUTE_CORSE,
    "13": BOUCHES_DU_RHONE,
    "75": PARIS,
    "93": SEINE_SAINT_DENIS,
    "974": REUNION,
    "988": NOUVELLE_CALEDONIE,
}


def _codes_postaux() -> dict[str, str]:
    codes: dict[str, list[str]] = {}
    for genre, code, _, _, _, postaux, fin in (
        texte.split("\t") for d in DEPARTEMENTS.values() for texte in d
    ):
        for postal in postaux.split():
            if genre == "C" and not fin:
                codes.setdefault(postal, []).append(code)
    return {postal: " ".join(sorted(communes)) for postal, communes in codes.items()}


def petite_geographie() -> Geographie:
    """Corsica, Marseille, two départements of Île-de-France, La Réunion, and a collectivity without territory."""
    territoires = (
        TerritoireChoix("013", "Bouches-du-Rhône", Echelon.DEPARTEMENTAL, False, ("13",)),
        TerritoireChoix("02B", "Haute-Corse", Echelon.DEPARTEMENTAL, False, ("2B",)),
        TerritoireChoix("111", "Île-de-France", Echelon.REGIONAL, False, ("75", "93")),
        TerritoireChoix("974", "La Réunion", Echelon.DEPARTEMENTAL, False, ("974",)),
    )
    return Geographie(
        territoires={t.code: t for t in territoires},
        textes={code: "\n".join(lignes) for code, lignes in DEPARTEMENTS.items()},
        codes_postaux=_codes_postaux(),
        pays=(PaysChoix("99100", "France", "france"), PaysChoix("99326", "Côte d’Ivoire", "cote d ivoire")),
    )
