"""K, and what may change without a decision: nothing that would make someone else of the holder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.personnes import EtatNir, Nir
from sne.registre.contenu.rules.arbre.references import avec_personnes
from sne.registre.contenu.rules.identite import (
    TRAITS_PROTEGES,
    cle,
    comparer,
    cotitulaires_retires,
    meme_nom,
    nir_sans_saisie,
    traits_differents,
)
from tests.registre.exemples import COTITULAIRE, minimale

ANCRE = minimale().demandeur.identite
PERMANENT = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
AUTRE = Nir(etat=EtatNir.PERMANENT, empreinte="cd" * 32)
AUCUN = Nir(etat=EtatNir.AUCUN)
NIR_ACCORDE = "287032A00401581"
NIR_D_UN_HOMME = "187032A00401503"


def avec(**traits):
    """The anchor with some traits changed."""
    return ANCRE.model_copy(update=traits)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("DUPONT MARTIN", "DUPONT-MARTIN"),
        ("LEFÈVRE", "Lefevre"),
        ("LE FÈVRE", "lefevre"),
        ("D’Artagnan", "D'ARTAGNAN"),
        ("NGUYỄN", "Nguyen"),
        ("Łukasz", "LUKASZ"),
        ("Œuvrard", "OEUVRARD"),
        ("e\u0301lodie", "Élodie"),
        ("", None),
        ("---", "---"),
    ],
)
def test_same_name_written_otherwise(un, autre):
    assert meme_nom(un, autre)


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("DURAND", "DURANT"),
        ("MARTIN", "MARTINEZ"),
        ("LY", "LI"),
        ("DUPONT", "DURAND"),
        ("LEFEVRE", "LEFEBVRE"),
        ("LECA", None),
        ("-", "--"),
    ],
)
def test_another_name(un, autre):
    assert not meme_nom(un, autre)


@given(st.text())
def test_k_is_upper_case_ascii_letters_and_is_its_own_k(texte):
    k = cle(texte)
    assert all("A" <= signe <= "Z" for signe in k)
    assert cle(k) == k


def test_protected_traits_are_those_of_the_law_of_the_house():
    assert set(TRAITS_PROTEGES) == {"nom_naissance", "prenoms", "date_naissance", "civilite", "nir"}


@pytest.mark.parametrize(
    ("traits", "attendus"),
    [
        ({}, ()),
        ({"nom_naissance": "Leça"}, ()),
        ({"prenoms": "Léa-Marie"}, ()),
        ({"nom_usage": "ROSSI"}, ()),
        ({"nationalite": "2"}, ()),
        ({"nom_naissance": "LECCA"}, ("nom_naissance",)),
        ({"prenoms": "Léa"}, ("prenoms",)),
        ({"date_naissance": ANCRE.date_naissance.replace(day=3)}, ("date_naissance",)),
        ({"date_naissance": None}, ("date_naissance",)),
        ({"civilite": "1"}, ("civilite",)),
        ({"civilite": "3"}, ("civilite",)),
        ({"civilite": None}, ("civilite",)),
        (
            {"prenoms": "Paul", "nom_naissance": "ROSSI", "civilite": "1"},
            ("nom_naissance", "prenoms", "civilite"),
        ),
    ],
)
def test_comparison_with_the_anchor(traits, attendus):
    assert comparer(ANCRE, avec(**traits)) == attendus


def test_mademoiselle_put_right_is_no_change():
    assert comparer(avec(civilite="3"), ANCRE) == ()


@pytest.mark.parametrize(
    ("ancre", "nouvelle", "saisi", "attendus"),
    [
        (None, None, "", ()),
        (None, AUCUN, "", ()),
        (AUCUN, None, "", ()),
        (PERMANENT, PERMANENT, "", ()),
        (None, PERMANENT, NIR_ACCORDE, ()),
        (AUCUN, PERMANENT, NIR_ACCORDE, ()),
        (None, PERMANENT, "", ("nir",)),
        (None, PERMANENT, NIR_D_UN_HOMME, ("nir",)),
        (PERMANENT, AUTRE, NIR_ACCORDE, ("nir",)),
        (PERMANENT, None, "", ("nir",)),
        (PERMANENT, AUCUN, "", ("nir",)),
    ],
)
def test_nir_may_only_be_filled_in_where_there_was_none_and_when_it_agrees(ancre, nouvelle, saisi, attendus):
    assert comparer(avec(nir=ancre), avec(nir=nouvelle), nir_saisi=saisi) == attendus


@pytest.mark.parametrize(
    ("connu", "dit", "retenu"),
    [
        (None, None, None),
        (None, AUCUN, AUCUN),
        (AUCUN, AUCUN, AUCUN),
        (AUCUN, None, None),  # the box was taken off
        (PERMANENT, None, PERMANENT),
        (PERMANENT, PERMANENT, PERMANENT),
        (None, PERMANENT, None),  # a number that nobody typed comes from nowhere
        (PERMANENT, AUCUN, AUCUN),
    ],
)
def test_without_a_number_typed_none_held_is_said_by_the_tree(connu, dit, retenu):
    assert nir_sans_saisie(connu, dit) == retenu


def test_traits_that_differ():
    assert traits_differents(avec(nir=None), avec(nir=AUCUN)) == ()
    assert traits_differents(avec(nir=AUCUN), avec(nir=PERMANENT, prenoms="Ana")) == ("prenoms", "nir")


@pytest.mark.parametrize(
    ("traits", "attendus"),
    [
        ({"nom_naissance": "ROSSI"}, ("nom_naissance", "nir")),
        ({"civilite": "1"}, ("civilite", "nir")),
        ({"date_naissance": ANCRE.date_naissance.replace(year=1990)}, ("date_naissance", "nir")),
    ],
)
@pytest.mark.parametrize("saisi", [NIR_ACCORDE, NIR_D_UN_HOMME])
def test_nir_beside_another_protected_change_waits_with_it(traits, attendus, saisi):
    assert comparer(ANCRE, avec(**traits, nir=PERMANENT), nir_saisi=saisi) == attendus


def test_nir_agrees_with_the_anchor_not_with_what_is_announced():
    """« Incomplete birth date » said in the same act does not excuse the month."""
    annonce = avec(date_naissance_presumee=True, nir=PERMANENT)
    assert comparer(ANCRE, annonce, nir_saisi="287042A00401548") == ("nir",)


def test_nir_filled_in_with_an_incomplete_birth_date_is_compared_on_the_year_only():
    presume = avec(date_naissance=ANCRE.date_naissance.replace(month=1, day=1), date_naissance_presumee=True)
    assert comparer(presume, presume.model_copy(update={"nir": PERMANENT}), nir_saisi=NIR_ACCORDE) == ()


A, B, C = (f"0190a000-0000-7000-8000-00000000000{n}" for n in "abc")


def _tree(*personnes):
    return minimale(demandeur__personne=C, cotitulaires=[{**COTITULAIRE, "personne": p} for p in personnes])


@pytest.mark.parametrize(
    ("avant", "apres", "retires"),
    [
        ((A, B), (A, B), ()),
        ((A, B), (B, A), ()),
        ((A,), (A, B), ()),
        ((A, B), (B,), (A,)),
        ((A,), (B,), (A,)),
        ((A,), (None,), (A,)),
        ((None,), (), ()),
        ((), (), ()),
    ],
)
def test_co_holders_removed_or_replaced(avant, apres, retires):
    assert cotitulaires_retires(_tree(*avant), _tree(*apres)) == retires


def test_co_holder_who_becomes_the_applicant_is_not_removed():
    apres = avec_personnes(_tree(), {"demandeur": A})
    assert cotitulaires_retires(_tree(A), apres) == ()
