"""Names and years are looked for word for word, whatever the case, the accents and the signs between words."""

import pytest

from sne.registre.pieces.rules.lecture_automatique import Attendu, confronter_texte

TEXTE = "M. DUBREUIL-LEROY Élodie,\n née le 14/03/1987. Revenus de 2024"


@pytest.mark.parametrize(
    ("valeur", "lu"),
    [
        ("Dubreuil", True),
        ("dubreuil leroy", True),
        ("ELODIE", True),
        ("14/03/1987", True),
        ("2024", True),
        ("Dubreui", False),
        ("202", False),
        ("", False),
    ],
)
def test_value_is_read_or_not(valeur: str, lu: bool) -> None:
    (constat,) = confronter_texte(TEXTE, [Attendu("Quoi", valeur)])
    assert constat.lu is lu
