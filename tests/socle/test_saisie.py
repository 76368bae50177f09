"""Dates typed in one text field."""

from datetime import date

import pytest

from sne.socle.saisie import DateIllisible, lire_date


@pytest.mark.parametrize(
    "texte",
    [
        "12032016",
        "12/03/2016",
        "12/3/2016",
        "12.03.2016",
        "12-3-2016",
        " 12 03 2016 ",
        "2016-03-12",
        "2016/3/12",
        "12 mars 2016",
        "12 MARS 2016",
        "12 mar. 2016",
    ],
)
def test_lire_date(texte: str) -> None:
    assert lire_date(texte) == date(2016, 3, 12)


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("31/02/2020", "Le 31/02/2020 n’existe pas. Vérifiez le jour et le mois."),
        ("29022023", "Le 29/02/2023 n’existe pas. Vérifiez le jour et le mois."),
        ("00/00/1980", "Le 00/00/1980 n’existe pas. Vérifiez le jour et le mois."),
        ("01/01/1016", "L’année 1016 n’est pas possible. Vérifiez l’année."),
    ],
)
def test_date_impossible(texte: str, phrase: str) -> None:
    with pytest.raises(DateIllisible) as exc:
        lire_date(texte)
    assert str(exc.value) == phrase


@pytest.mark.parametrize(
    "texte", ["", "12/03/16", "mars 2016", "12 jui 2016", "12 foo 2016", "1232016", "9" * 5000]
)
def test_date_illisible_dit_comment_taper(texte: str) -> None:
    with pytest.raises(DateIllisible, match="par exemple 12/03/2016"):
        lire_date(texte)


def test_mois_ecrits_sans_accent_ou_abreges() -> None:
    lus = [
        lire_date(f"1er {mois} 1985").month
        for mois in ("fevrier", "févr", "août", "aout", "déc", "juil", "avril")
    ]
    assert lus == [2, 2, 8, 8, 12, 7, 4]
