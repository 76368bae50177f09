"""NIR: reading, key, Corsica, waiting numbers, agreement with the civil status, mask."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import nir as stdnum_nir

from sne.registre.contenu.rules import nir
from sne.registre.contenu.rules.arbre.personnes import EtatNir
from sne.registre.contenu.rules.nir import Ecart, NirInvalide


@pytest.mark.parametrize(
    ("saisie", "nir_lu"),
    [
        ("295109912611193", "295109912611193"),
        ("2 95 10 99 126 111 93", "295109912611193"),
        ("2.95.10.99.126.111-93", "295109912611193"),
        ("2\u00a095\u202f10 99126111", "295109912611193"),
        ("2951099126111", "295109912611193"),
        ("253072B07300470", "253072B07300470"),
        ("253072a073004", "253072A07300443"),
        ("1872375123456", None),
        ("1876075123456", None),
        ("7871275123456", None),
    ],
)
def test_reading_computes_or_checks_the_key(saisie, nir_lu):
    lu = nir.normaliser(saisie)
    assert lu == (nir_lu or saisie + stdnum_nir.calc_check_digits(saisie))
    assert nir.normaliser(lu) == lu


@pytest.mark.parametrize(
    ("saisie", "extrait"),
    [
        ("", "vous en avez saisi 0"),
        ("29510991261119", "vous en avez saisi 14"),
        ("2951099126111934", "vous en avez saisi 16"),
        ("295109912611194", "La clé"),
        ("2951A9912611193", "ne contient que des chiffres"),
        ("253072C07300443", "ne contient que des chiffres"),
        ("29510991261119X", "ne contient que des chiffres"),
        ("٢951099126111", "ne contient que des chiffres"),
        ("0951099126111", "ne peut pas commencer"),
        ("9951099126111", "ne peut pas commencer"),
        ("2950099126111", "Le mois de naissance"),
        ("2951399126111", "Le mois de naissance"),
        ("2951999126111", "Le mois de naissance"),
        ("2954399126111", "Le mois de naissance"),
        ("2954999126111", "Le mois de naissance"),
    ],
)
def test_refusals_name_the_remedy_and_never_the_number(saisie, extrait):
    with pytest.raises(NirInvalide) as leve:
        nir.normaliser(saisie)
    assert extrait in str(leve.value)
    assert "vérifiez" in str(leve.value) or "saisi" in str(leve.value)
    assert not saisie or saisie not in str(leve.value)


@given(
    premier=st.sampled_from("12345678"),
    annee=st.integers(0, 99),
    mois=st.one_of(st.integers(1, 12), st.integers(20, 42), st.integers(50, 99)),
    lieu=st.one_of(st.sampled_from(["2A", "2B"]), st.integers(1, 99).map("{:02d}".format)),
    fin=st.integers(0, 999_999),
)
def test_any_body_gets_a_key_that_stdnum_accepts(premier, annee, mois, lieu, fin):
    lu = nir.normaliser(f"{premier}{annee:02d}{mois:02d}{lieu}{fin:06d}")
    assert stdnum_nir.is_valid(lu)


def test_permanent_or_waiting():
    assert nir.est_permanent("295109912611193")
    assert nir.etat("295109912611193") is EtatNir.PERMANENT
    assert not nir.est_permanent("7951099126111")
    assert nir.etat("7951099126111") is EtatNir.PROVISOIRE


LEA = nir.normaliser("287032A004015")


@pytest.mark.parametrize(
    ("numero", "civilite", "naissance", "presumee", "attendus"),
    [
        (LEA, "2", date(1987, 3, 2), False, ()),
        (LEA, "3", date(1987, 3, 2), False, ()),
        (LEA, None, None, False, ()),
        (LEA, "1", date(1987, 3, 2), False, (Ecart.SEXE,)),
        (LEA, "2", date(1988, 3, 2), False, (Ecart.ANNEE,)),
        (LEA, "2", date(1987, 4, 2), False, (Ecart.MOIS,)),
        (LEA, "2", date(1987, 1, 1), True, ()),
        (LEA, "1", date(1990, 1, 1), False, (Ecart.SEXE, Ecart.ANNEE, Ecart.MOIS)),
        (nir.normaliser("2873099004015"), "2", date(1987, 4, 2), False, ()),
        (nir.normaliser("2879999004015"), "2", date(1987, 4, 2), False, ()),
        (nir.normaliser("8870399004015"), "2", date(1987, 3, 2), False, ()),
        (nir.normaliser("7870399004015"), "2", date(1987, 3, 2), False, (Ecart.SEXE,)),
    ],
)
def test_agreement_with_the_civil_status(numero, civilite, naissance, presumee, attendus):
    assert nir.ecarts(numero, civilite=civilite, date_naissance=naissance, presumee=presumee) == attendus


def test_mask_shows_sex_year_and_month_only():
    assert nir.masquer(LEA) == "2 87 03 •• ••• ••• ••"


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("son numéro est 2 87 03 2A 004 015 81", True),
        ("NIR:2951099126111", True),
        ("appelez le 06 12 34 56 78", False),
        ("dossier 1110318016982G1104", False),
        ("111 0318 016982 59900", False),
        ("111 0318 016982 G1104, NIR 1 11 03 18 016 982", True),
        ("253072b073004", True),
        ("rien", False),
    ],
)
def test_number_in_a_free_text(texte, trouve):
    assert nir.en_contient(texte) is trouve
