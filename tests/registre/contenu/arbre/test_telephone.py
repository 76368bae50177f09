"""Phone numbers: E.164 when it can be understood, what was typed in any case."""

import pytest

from sne.registre.contenu.rules.arbre.telephone import Telephone, lire_e164


@pytest.mark.parametrize(
    ("saisi", "e164"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("04.95.21.00.00", "+33495210000"),
        ("0262 20 00 00", "+262262200000"),
        ("0639 12 34 56", "+262639123456"),
        ("06 39 98 12 34", "+33639981234"),
        ("0590 82 00 00", "+590590820000"),
        ("0694-12-34-56", "+594694123456"),
        ("+32 475 12 34 56", "+32475123456"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("+330612345678", "+33612345678"),
        ("0612", None),
        ("00 12", None),
        ("+0612345678", None),
        ("poste 12", None),
        ("", None),
    ],
)
def test_read(saisi, e164):
    assert lire_e164(saisi) == e164


@pytest.mark.parametrize(
    ("saisi", "mobile"),
    [
        ("06 12 34 56 78", True),
        ("07 12 34 56 78", True),
        ("0692 12 34 56", True),
        ("0691 12 34 56", True),
        ("04 95 21 00 00", False),
        ("0262 20 00 00", False),
        ("+32 475 12 34 56", True),
        ("0612", False),
    ],
)
def test_mobile(saisi, mobile):
    assert Telephone.model_validate(saisi).mobile is mobile


def test_keeps_what_was_typed():
    numero = Telephone.model_validate("06.12.34.56.78")
    assert (numero.saisi, str(numero), numero.e164) == ("06.12.34.56.78", "06.12.34.56.78", "+33612345678")


def test_stored_form_is_read_back_as_it_is():
    numero = Telephone.model_validate("0612")
    assert Telephone.model_validate(numero.model_dump()) == numero
