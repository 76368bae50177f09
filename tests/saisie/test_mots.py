"""Values that every section words alike."""

import pytest

from sne.saisie.presentation.mots import a_la_commune


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Montfleury", "à Montfleury"),
        ("Le Havre", "au Havre"),
        ("Les Ormeaux", "aux Ormeaux"),
        ("La Rochelle", "à La Rochelle"),
        ("L’Isle-Adam", "à L’Isle-Adam"),
        ("Lens", "à Lens"),
    ],
)
def test_a_commune_takes_its_article(nom: str, dit: str) -> None:
    assert a_la_commune(nom) == dit
