"""What was read is compared with the file; accents, order and a misread letter are no difference."""

import pytest

from sne.documents.rules.aides import (
    Accord,
    accord_de_l_annee,
    accord_du_nom,
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


def test_year_is_found() -> None:
    assert accord_de_l_annee(2024, 2024) is Accord.IDENTIQUE
    assert accord_de_l_annee(2023, 2024) is Accord.DIFFERENT
    assert accord_de_l_annee(None, 2024) is Accord.ABSENT
