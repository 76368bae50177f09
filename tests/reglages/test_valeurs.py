"""A value as it is typed: read by the kind of its parameter, said again the same, refused in words."""

from datetime import date

import pytest

from sne.referentiels.rules import Periode, ValeurDatee
from sne.referentiels.rules.parametres import codes, valeurs_livrees
from sne.reglages.rules.valeurs import Genre, dire_valeur, exiger_tenable, forme_de, lire_valeur
from sne.socle.erreurs import Interdit

DEMAIN = date(2026, 11, 25)


def proposee(code: str, valeur: object, debut: date = DEMAIN) -> ValeurDatee:
    return ValeurDatee(code, valeur, Periode(debut))


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_delivered_value_is_said_as_it_is_typed_and_may_be_proposed(code: str) -> None:
    [valeur] = {v.code: v.valeur for v in valeurs_livrees() if v.code == code}.values()
    assert lire_valeur(code, dire_valeur(valeur)) == valeur
    exiger_tenable(proposee(code, valeur), valeurs_livrees())


@pytest.mark.parametrize(
    ("code", "texte", "phrase"),
    [
        ("delaiz_mois", "douze", "Valeur\u00a0: écrivez un nombre entier"),
        ("delaiz_mois", "12,5", "Valeur\u00a0: écrivez un nombre entier"),
        ("relecture_part", "beaucoup", "Valeur\u00a0: écrivez un nombre, par exemple 0,5"),
        ("retenir_sans_preavis", "peut-être", "Valeur\u00a0: répondez oui ou non"),
        ("score_poids", "nom 0,5", "Valeur\u00a0: écrivez sur chaque ligne un nom, deux points et un nombre"),
    ],
)
def test_what_is_not_of_the_kind_is_refused(code: str, texte: str, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase) as refus:
        lire_valeur(code, texte)
    assert refus.value.champ == "valeur"


@pytest.mark.parametrize(
    ("code", "valeur", "phrase"),
    [
        ("delaiz_mois", 0, "1 au moins"),
        ("relecture_part", 2, "1 au plus"),
        ("delaiz_mois", 14, "radiée avant la fin de sa validité"),
        ("journal_temoins", ["sans arobase"], "n’a pas la forme attendue"),
        ("adresses_source", "AILLEURS", "n’a pas la forme attendue"),
        ("score_heure_ouverture", "25:00", "n’a pas la forme attendue"),
        ("ressources_ecart_habituel_de", 1.5, "1 au plus"),
    ],
)
def test_bounds_and_what_holds_together_refuse_in_words(code: str, valeur: object, phrase: str) -> None:
    with pytest.raises(Interdit, match=phrase):
        exiger_tenable(proposee(code, valeur), valeurs_livrees())


def test_a_value_that_a_later_one_contradicts_is_refused() -> None:
    """Seventeen months to come back hold today; not once a file is struck off at eighteen."""
    plus_tard = proposee("radiation_mois", 18, date(2027, 6, 1))
    exiger_tenable(plus_tard, valeurs_livrees())
    existantes = (*valeurs_livrees(), plus_tard)
    with pytest.raises(Interdit, match="ne pourrait plus revenir"):
        exiger_tenable(proposee("reactivation_mois", 17), existantes)
    exiger_tenable(proposee("reactivation_mois", 17), valeurs_livrees())
    ferme = ValeurDatee("radiation_mois", 13, Periode(date(2027, 1, 1), date(2027, 1, 31)))
    with pytest.raises(Interdit, match="ne pourrait plus revenir"):
        exiger_tenable(proposee("reactivation_mois", 17), (*existantes, ferme))


def test_the_kinds_and_their_bounds() -> None:
    assert forme_de("delaiz_mois").genre is Genre.ENTIER
    assert forme_de("delaiz_mois").bornes == "1 au moins."
    assert forme_de("relecture_part").bornes == "0 au moins, 1 au plus."
    assert forme_de("adresses_source").choix == ("SERVICE", "INDEX")
    assert forme_de("depot_rappels_jours").genre is Genre.LIGNES
    assert forme_de("score_poids").genre is Genre.ENSEMBLE
    assert forme_de("score_heure_ouverture").genre is Genre.TEXTE
    assert lire_valeur("depot_rappels_jours", " 3 \n\n8") == [3, 8]
    assert lire_valeur("connecteurs_eteints", "") == []
    assert lire_valeur("delaiz_mois", "1 200") == 1200
