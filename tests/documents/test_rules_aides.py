"""What was read is compared with the file; accents, order and a misread letter are no difference."""

import pytest

from sne.documents.rules.aides import (
    Accord,
    accord_de_l_annee,
    accord_du_nom,
    accord_du_nom_dans,
    annees_dans,
)


@pytest.mark.parametrize(
    ("declarants", "nom", "prenom", "accord"),
    [
        (["DURAND JEANNE"], "Durand", "Jeanne", Accord.IDENTIQUE),
        (["DURAND JEANNE MARIE"], "Durand", "Jeanne", Accord.IDENTIQUE),
        (["DUPONT MARTIN ZOE"], "Dupont-Martin", "Zoé Hélène", Accord.IDENTIQUE),
        (["MARTIN PAUL", "DURAND JEANNE"], "DÛRAND", "Jeanne", Accord.IDENTIQUE),
        (["DURANT JEANNE"], "Durandt", "Jeanne", Accord.PROCHE),
        (["BERNARD PAUL"], "Durand", "Jeanne", Accord.DIFFERENT),
        (["DURAND PAUL"], "Durand", "Jeanne", Accord.DIFFERENT),
        ([], "Durand", "Jeanne", Accord.ABSENT),
        (["  "], "Durand", "Jeanne", Accord.ABSENT),
        (["DURAND"], "", "", Accord.ABSENT),
    ],
)
def test_name_of_the_notice(declarants: list[str], nom: str, prenom: str, accord: Accord) -> None:
    assert accord_du_nom(declarants, nom=nom, prenom=prenom) is accord


def test_name_that_is_not_in_a_text_proves_nothing() -> None:
    texte = "Mme Zoé DÛRÀND, 3 rue de l’Église"
    assert accord_du_nom_dans(texte, nom="Durand", prenom="Zoe") is Accord.IDENTIQUE
    assert accord_du_nom_dans(texte, nom="Bernard", prenom="Paul") is Accord.ABSENT
    assert accord_du_nom_dans("", nom="Bernard", prenom="Paul") is Accord.ABSENT


def test_year_is_found() -> None:
    assert accord_de_l_annee(2024, 2024) is Accord.IDENTIQUE
    assert accord_de_l_annee(2023, 2024) is Accord.DIFFERENT
    assert accord_de_l_annee(None, 2024) is Accord.ABSENT
    assert annees_dans("établi en 2025 sur les revenus 2024 ; 2025, n° 12025, 1789") == (2025, 2024)
