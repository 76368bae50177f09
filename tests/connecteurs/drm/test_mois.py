"""A month is one of six things; only one holds an amount, and none of the others can be made into one."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.drm.rules.mois import (
    ETATS,
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Ligne,
    Mois,
    Montant,
    NonEligible,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
    mois_de,
    moyenne,
)

MARS = date(2026, 3, 1)
LIGNE = Ligne("SALAIRE", "DSN", Decimal("0.00"))
ABSENCES: list[Mois] = [
    *(AucuneDonnee(MARS, raison) for raison in SansDonnee),
    *(PasEligible(MARS, raison) for raison in NonEligible),
    DiscordanceIdentite(MARS),
    *(SourceIndisponible(MARS, raison) for raison in Indisponible),
]
euros = st.decimals(Decimal("-99999999"), Decimal("99999999"), places=2).filter(lambda d: d != 0)


def test_there_are_six_kinds_each_with_its_name() -> None:
    assert set(get_args(Mois.__value__)) == set(ETATS)
    assert len(set(ETATS.values())) == 6


def test_only_one_has_a_total() -> None:
    avec = {t for t in ETATS if "total" in {c.name for c in dataclasses.fields(t)}}
    assert avec == {Montant}


@pytest.mark.parametrize("montant", ["0", "0.00", "-0", "1.234", "NaN", "Infinity", "1e9", "100000000"])
def test_what_is_not_an_amount_cannot_be_made_one(montant: str) -> None:
    with pytest.raises(ValueError, match=r"zero|not an amount"):
        Montant(MARS, Decimal(montant))


def test_a_zero_that_nobody_declared_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="nobody declared"):
        ZeroConfirme(MARS, ())


@given(st.lists(euros, max_size=5), st.integers(0, 3), st.lists(st.sampled_from(ABSENCES), max_size=5))
def test_a_mean_rests_on_months_that_have_a_figure(
    montants: list[Decimal], zeros: int, absences: list[Mois]
) -> None:
    tous = [
        *(Montant(MARS, m) for m in montants),
        *(ZeroConfirme(MARS, (LIGNE,)) for _ in range(zeros)),
        *absences,
    ]
    dite = moyenne(tous)
    nombre = len(montants) + zeros
    if nombre == 0:
        assert dite is None
    else:
        assert dite is not None
        assert dite.mois_comptes == nombre
        assert dite == moyenne(tous[:nombre]), "absences change nothing"
        assert abs(dite.montant * nombre - sum(montants)) <= Decimal("0.01") * nombre


@pytest.mark.parametrize(
    ("debut", "fin", "attendus"),
    [
        (date(2026, 2, 1), date(2026, 4, 1), ["2026-04", "2026-03", "2026-02"]),
        (date(2025, 12, 1), date(2026, 1, 1), ["2026-01", "2025-12"]),
        (date(2026, 2, 1), date(2026, 2, 1), ["2026-02"]),
        (date(2026, 3, 1), date(2026, 2, 1), []),
    ],
)
def test_months_of_a_period(debut: date, fin: date, attendus: list[str]) -> None:
    assert [f"{m:%Y-%m}" for m in mois_de(debut, fin)] == attendus
