"""K, the protected traits, and who leaves a demande."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.contenu.rules.arbre.personnes import EtatNir, Nir
from sne.registre.contenu.rules.arbre.references import avec_personnes
from sne.registre.contenu.rules.identite import (
    TRAITS_PROTEGES,
    cle,
    cotitulaires_retires,
    meme_nom,
    nir_sans_saisie,
    traits_differents,
)
from tests.registre.exemples import COTITULAIRE, minimale

ANCRE = minimale().demandeur.identite
PERMANENT = Nir(etat=EtatNir.PERMANENT, empreinte="ab" * 32)
AUCUN = Nir(etat=EtatNir.AUCUN)


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
