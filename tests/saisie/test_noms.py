"""Names as they were typed, ages in words, and the one advice on a birth date that some dates must not get."""

from datetime import date
from unittest import mock

import pytest
from django.core.exceptions import ValidationError

from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.saisie.cadre import get_lecture
from sne.saisie.forms.champs import DateNaissance
from sne.saisie.presentation.foyer import dire_age
from sne.saisie.presentation.identite import nom_complet
from sne.saisie.presentation.sections import detailler
from tests.registre import factories as f


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


@pytest.mark.django_db
def test_where_one_looks_is_one_place_or_another() -> None:
    """Each with its article: the second place is no part of the first."""
    lecture = get_lecture(f.AUJOURD_HUI)
    noms = {"99001": "Les Ormeaux", "99002": "Aurette-la-Ville", "99003": "Le Val"}
    for codes, dit in (
        ([], "T3"),
        (["99001"], "T3 aux Ormeaux"),
        (["99001", "99002"], "T3 aux Ormeaux ou à Aurette-la-Ville"),
        (["99001", "99002", "99003"], "T3 aux Ormeaux, à Aurette-la-Ville ou au Val"),
    ):
        lieux = [{"commune": code} for code in codes]
        contenu = f.contenu(souhaits={"types_logement": ["T3"], "localisations": lieux})
        with mock.patch.object(type(lecture.geographie), "nom_commune", lambda _, code: noms[code]):
            bref = detailler(contenu, lecture, sante=True).bref
        assert next(ligne.valeur for ligne in bref if ligne.libelle == "Cherche") == dit
