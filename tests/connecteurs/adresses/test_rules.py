"""Words of an address: the same for what is indexed and what is typed; slips of the fingers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.adresses.rules import (
    Question,
    cle_du_numero,
    lire_question,
    mots,
    proches,
    requete,
    requete_sauf_un,
    sans_une_lettre,
)


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("Rue de l’Église", ("rue", "eglise")),
        ("Bd du Gal de Gaulle", ("boulevard", "general", "gaulle")),
        ("Av. St-Exupéry", ("avenue", "saint", "exupery")),
        ("Le", ("le",)),
        ("Œuvry-la-Plaine", ("oeuvry", "plaine")),
        ("", ()),
        ("?!", ()),
    ],
)
def test_words(texte: str, attendus: tuple[str, ...]) -> None:
    assert mots(texte) == attendus


@pytest.mark.parametrize(
    ("texte", "attendue"),
    [
        ("12 bis rue Haute ", Question("12 bis", ("rue", "haute"), en_cours=False)),
        ("12bis, rue Haute", Question("12 bis", ("rue", "haute"), en_cours=True)),
        ("12b rue Haute", Question("12 b", ("rue", "haute"), en_cours=True)),
        ("012 rue Haute", Question("12", ("rue", "haute"), en_cours=True)),
        ("12", Question("", ("12",), en_cours=True)),
        ("rue du 8 mai 1945", Question("", ("rue", "8", "mai", "1945"), en_cours=True)),
        ("99000 Aurette", Question("", ("99000", "aurette"), en_cours=True)),
        ("rue haute a", Question("", ("rue", "haute"), en_cours=False)),
        ("a", Question("", ("a",), en_cours=True)),
        ("12 all", Question("12", ("all",), en_cours=True)),
        ("12 all ", Question("12", ("allee",), en_cours=False)),
        ("", Question("", (), en_cours=False)),
    ],
)
def test_what_was_typed(texte: str, attendue: Question) -> None:
    assert lire_question(texte) == attendue


@given(st.text(max_size=60))
def test_words_are_plain_whatever_is_typed(texte: str) -> None:
    question = lire_question(texte)
    assert all(mot.isascii() and mot.isalnum() and mot == mot.lower() for mot in question.mots)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9), st.data())
def test_words_one_slip_apart_have_something_in_common(mot: str, donnees: st.DataObject) -> None:
    rang = donnees.draw(st.integers(0, len(mot) - 2))
    lettre = donnees.draw(st.sampled_from("aeqz"))
    for autre in (
        mot[:rang] + mot[rang + 1] + mot[rang] + mot[rang + 2 :],
        mot[:rang] + mot[rang + 1 :],
        mot[:rang] + lettre + mot[rang:],
        mot[:rang] + lettre + mot[rang + 1 :],
    ):
        assert set(sans_une_lettre(mot)) & set(sans_une_lettre(autre))
        assert proches(mot, [autre], fautes=1) == ([autre] if autre != mot else [])


def test_no_slip_of_a_number() -> None:
    assert sans_une_lettre("99000") == []
    assert sans_une_lettre("rue") == ["rue", "ue", "re", "ru"]


def test_nearest_first_and_never_the_word_itself() -> None:
    candidats = ["bouvard", "boulevard", "avenue", "boulvrd"]
    assert proches("boulvrd", candidats, fautes=2) == ["boulevard", "bouvard"]
    assert proches("boulvrd", candidats, fautes=1) == []
    assert len(proches("aa", [f"a{lettre}" for lettre in "bcdefghijklm"], fautes=1)) == 8


def test_queries() -> None:
    assert requete([["rue*"], ["haute", "hauts"]]) == "('rue':*) & ('haute' | 'hauts')"
    assert requete_sauf_un([["a"], ["b"]]) == ""
    assert requete_sauf_un([["a"], ["b"], ["c"]]) == "(('b') & ('c')) | (('a') & ('c')) | (('a') & ('b'))"


@pytest.mark.parametrize(("numero", "cle"), [("12", "99001_0001_00012"), ("12 bis", "99001_0001_00012_bis")])
def test_the_key_of_a_number(numero: str, cle: str) -> None:
    assert cle_du_numero("99001_0001", numero) == cle
