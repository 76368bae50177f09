"""Where a person may be reached, and the reference they are given."""

from datetime import date

import pytest

from sne.registre.avis.rules.opposition import CONTACT_MAX, lire_contact, reference_de
from sne.socle.erreurs import Interdit
from tests.registre import factories as f


def test_a_contact_is_kept_in_the_words_of_the_person() -> None:
    assert lire_contact("  chez ma sœur,\n 06 12 34 56 78 ") == "chez ma sœur, 06 12 34 56 78"
    assert lire_contact("x" * CONTACT_MAX) == "x" * CONTACT_MAX


@pytest.mark.parametrize("texte", ["", " \n", "x" * (CONTACT_MAX + 1), f"moi {f.nir_de(date(1987, 3, 14))}"])
def test_a_contact_ill_said_names_its_field(texte: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_contact(texte)
    assert refus.value.champ == "contact"


def test_a_reference_is_of_a_year() -> None:
    assert reference_de(2026, 4182) == "S-2026-004182"
