"""The unique number: its parts, what is refused and in which words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.demande.rules.numero_unique import NumeroInvalide, NumeroUnique, lire


def test_read_the_reference_example():
    lu = lire("1110318016982G1104")
    assert lu == NumeroUnique(territoire="111", mois=3, annee=2018, sequence="016982", guichet="G1104")
    assert (lu.canonique, lu.groupe, str(lu)) == (
        "1110318016982G1104",
        "111 0318 016982 G1104",
        "1110318016982G1104",
    )


@pytest.mark.parametrize(
    "saisie", ["111 0318 016982 G1104", "1110318016982g1104", " 111\u00a00318\u202f016982\tG1104\n"]
)
def test_blanks_and_case_are_accepted(saisie):
    assert lire(saisie).canonique == "1110318016982G1104"


@pytest.mark.parametrize(
    ("saisie", "territoire", "annee"),
    [
        ("02A0619004127G0993", "02A", 2019),
        ("02b0600004127GDPUB", "02B", 2000),
        ("974120000412759900", "974", 2000),
        ("0990199004127G0993", "099", 1999),
        ("0990169004127G0993", "099", 2069),
    ],
)
def test_territories_and_centuries(saisie, territoire, annee):
    assert (lire(saisie).territoire, lire(saisie).annee) == (territoire, annee)


@pytest.mark.parametrize(
    ("saisie", "extrait"),
    [
        ("1110318016982G110", "vous en avez saisi 17"),
        ("1110318016982G11045", "vous en avez saisi 19"),
        ("", "vous en avez saisi 0"),
        ("1110018016982G1104", "un mois, de 01 à 12"),
        ("1111318016982G1104", "un mois, de 01 à 12"),
        ("02C0318016982G1104", "le code du territoire"),
        ("X110318016982G1104", "le code du territoire"),
        ("11103180X6982G1104", "les signes 6 à 13"),
        ("1110318016982G11-4", "les cinq derniers signes"),
        ("1110318016982Gé104", "les cinq derniers signes"),
    ],
)
def test_refusals_say_which_part(saisie, extrait):
    with pytest.raises(NumeroInvalide) as leve:
        lire(saisie)
    assert extrait in str(leve.value)
    assert leve.value.suggestion == ""


@pytest.mark.parametrize(
    ("saisie", "suggestion"),
    [
        ("111O318016982G1104", "1110318016982G1104"),
        ("III0318016982G1104", "1110318016982G1104"),
        ("11103I80I69B2G1104", "1110318016982G1104"),
        ("O2AO3180I6982G1104", "02A0318016982G1104"),
        ("02B0318O16982GOISB", "02B0318016982GOISB"),
        ("OS90423000001GDPUB", "0590423000001GDPUB"),
    ],
)
def test_confusions_are_suggested_never_corrected_silently(saisie, suggestion):
    with pytest.raises(NumeroInvalide) as leve:
        lire(saisie)
    assert leve.value.suggestion == suggestion
    assert lire(suggestion).groupe in str(leve.value)


@given(
    territoire=st.sampled_from(["001", "02A", "02B", "099", "111", "976"]),
    depot=st.dates(date(1970, 1, 1), date(2069, 12, 31)),
    sequence=st.integers(0, 999_999),
    guichet=st.from_regex(r"[A-Z0-9]{5}", fullmatch=True),
)
def test_composed_numbers_are_read_back(territoire, depot, sequence, guichet):
    compose = NumeroUnique.composer(
        territoire=territoire, date_depot=depot, sequence=sequence, guichet=guichet
    )
    assert lire(compose.canonique) == compose
    assert len(compose.canonique) == 18
    assert (compose.mois, compose.annee) == (depot.month, depot.year)


@pytest.mark.parametrize(
    "parties",
    [
        {"territoire": "99"},
        {"sequence": 1_000_000},
        {"guichet": "G99"},
        {"guichet": "G09-3"},
    ],
)
def test_composing_refuses_what_does_not_fit(parties):
    entier = {"territoire": "099", "date_depot": date(2026, 11, 24), "sequence": 1, "guichet": "G0993"}
    with pytest.raises(NumeroInvalide):
        NumeroUnique.composer(**{**entier, **parties})
