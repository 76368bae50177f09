"""Names as they were typed, ages in words, and the one advice on a birth date that some dates must not get."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.saisie.forms.champs import DateNaissance
from sne.saisie.presentation.foyer import dire_age
from sne.saisie.presentation.identite import nom_complet


@pytest.mark.parametrize(
    ("nom", "usage", "prenoms", "dit"),
    [
        ("Nguyễn", None, "Thị Lan, Marie", "Nguyễn Thị Lan"),
        ("Bourgeois", "Bourgeois", "Jennifer", "Bourgeois Jennifer"),
        ("Dubreuil", "Morel", "Élodie", "Dubreuil (Morel) Élodie"),
        ("Dubreuil", None, None, "Dubreuil"),
    ],
)
def test_first_names_are_kept_up_to_the_first_comma(
    nom: str, usage: str | None, prenoms: str | None, dit: str
) -> None:
    assert nom_complet(Identite(nom_naissance=nom, nom_usage=usage, prenoms=prenoms)) == dit


def test_a_baby_has_no_zero_years() -> None:
    le = date(2026, 11, 24)
    ages = [dire_age(n, le) for n in (None, date(2026, 3, 1), date(2025, 11, 24), date(1987, 3, 14))]
    assert ages == ["", "moins d’un an", "1\u00a0an", "39\u00a0ans"]


@pytest.mark.parametrize("tape", ["12 mai 1985", "1985-05-12", "12.05.1985", "12051985"])
def test_a_whole_date_is_read_however_it_is_written(tape: str) -> None:
    assert DateNaissance().clean(tape) == date(1985, 5, 12)


@pytest.mark.parametrize(
    ("tape", "conseil"),
    [("1985", True), ("05/1985", True), ("00/00/1985", True), ("12 foo 1985", False), ("mai 1985", False)],
)
def test_01_is_advised_for_a_missing_part_alone(tape: str, conseil: bool) -> None:
    with pytest.raises(ValidationError, match="tapez 01 à sa place" if conseil else "par exemple 12/03/2016"):
        DateNaissance().clean(tape)
