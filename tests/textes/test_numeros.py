"""Numbers in a text: every spelling of a social security number is found, and no demande's number is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.textes.rules import Genre, lire_numeros, masquer_nir, oter_qui
from sne.textes.rules.numeros import MASQUE, OTE

ORTHOGRAPHES = [
    lambda n: n,
    lambda n: f"{n[0]} {n[1:3]} {n[3:5]} {n[5:7]} {n[7:10]} {n[10:13]} {n[13:]}".strip(),
    lambda n: f"{n[0]}.{n[1:3]}.{n[3:5]}.{n[5:7]}.{n[7:10]}.{n[10:13]}.{n[13:]}".rstrip("."),
    lambda n: f"{n[0]}-{n[1:3]}-{n[3:5]}-{n[5:7]}-{n[7:10]}-{n[10:13]}-{n[13:]}".rstrip("-"),
    lambda n: f"{n[:13]} / {n[13:]}".replace(" / ", "/") if n[13:] else n,
    lambda n: f"{n[0]}\u00a0{n[1:3]}\u00a0{n[3:5]}\u00a0{n[5:7]}\u00a0{n[7:10]}\u00a0{n[10:13]}{n[13:]}",
    lambda n: f"{n[0]}–{n[1:3]}–{n[3:5]}–{n[5:7]}–{n[7:10]}–{n[10:13]}–{n[13:]}".rstrip("–"),
    lambda n: (
        f"{n[0]} {n[1:3]} {n[3:5]} {n[5:7]}\n{n[7:10]} {n[10:13]} {n[13:]}".strip()
    ),  # cut by a mail program
    lambda n: f"{n[0]} {n[1:3]} {n[3:5]} {n[5:7]} {n[7:10]} \r\n{n[10:13]} {n[13:]}".strip(),
    " ".join,  # the boxes of a form
]


@st.composite
def nirs(tirer: st.DrawFn) -> str:
    """A number as people have it: with a key, right or wrong, or without; born in Corsica too."""
    mois = tirer(st.sampled_from([*(f"{m:02}" for m in range(1, 13)), "20", "42", "99"]))
    lieu = tirer(st.sampled_from(["75", "2A", "2B", "99", "07"]))
    corps = f"{tirer(st.integers(1, 8))}{tirer(st.integers(0, 99)):02}{mois}{lieu}{tirer(st.integers(0, 999999)):06}"
    return corps + tirer(st.sampled_from(["", f"{tirer(st.integers(1, 97)):02}"]))


@given(
    nirs(),
    st.sampled_from(ORTHOGRAPHES),
    st.sampled_from(["", "n° ", "Mme X, ", "("]),
    st.sampled_from(["", ".", " ok", ")"]),
)
def test_each_spelling_is_masked_and_the_rest_is_left(nir, ecrire, avant, apres) -> None:
    assert masquer_nir(f"{avant}{ecrire(nir)}{apres}") == f"{avant}{MASQUE}{apres}"


@given(
    st.sampled_from(["099", "075", "111", "290", "02A"]),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 999999),
    st.sampled_from(["G0993", "11175", "I1000"]),
)
def test_a_demande_number_is_linked_and_never_masked(territoire, mois, annee, rang, guichet) -> None:
    nud = f"{territoire}{mois:02}{annee:02}{rang:06}{guichet}"
    aere = f"{nud[:3]} {nud[3:7]} {nud[7:13]} {nud[13:]}"
    for ecrit in (nud, aere, nud.lower(), f"{nud[:7]}\n{nud[7:13]} {nud[13:]}"):
        assert [(m.genre, m.texte) for m in lire_numeros(f"Voir {ecrit}, merci")] == [
            (Genre.TEXTE, "Voir "),
            (Genre.NUD, nud),
            (Genre.TEXTE, ", merci"),
        ]
        assert masquer_nir(f"Voir {ecrit}") == f"Voir {ecrit}"


@pytest.mark.parametrize(
    "texte",
    [
        "Appelez le 06 39 98 00 01 ou le 01 40 00 00 00.",
        "Dossier A-2026-000123, page 12 sur 30, 1 452,30 €",
        "SIRET 552 081 317 66522",
        "99240 Ville, 12 rue du Lavoir",
        "",
    ],
)
def test_other_numbers_are_left_alone(texte: str) -> None:
    assert masquer_nir(texte) == texte
    assert all(m.genre is Genre.TEXTE for m in lire_numeros(texte))


def test_both_in_one_text() -> None:
    texte = "NIR 1 85 04 59 999 123 03 du dossier 0990325001187G0993"
    assert [m.genre for m in lire_numeros(texte)] == [Genre.TEXTE, Genre.NIR, Genre.TEXTE, Genre.NUD]
    assert masquer_nir(texte) == f"NIR {MASQUE} du dossier 0990325001187G0993"
    assert [m.genre for m in lire_numeros("1 85 04 59 999 123 03")] == [Genre.NIR]


def test_what_names_somebody_goes_from_an_answer_that_is_published() -> None:
    texte = "Léa Leca (06 39 98 00 01, lea@exemple.fr) attend sous 0990325001187G0993."
    assert oter_qui(texte, ["leca", "L"]) == f"Léa {OTE} ({OTE}, {OTE}) attend sous {OTE}."
    assert oter_qui("Rien à ôter.", []) == "Rien à ôter."


@pytest.mark.parametrize(
    ("texte", "reste"),
    [
        ("Bonjour Mme Petit,", "Bonjour Mme […],"),
        ("Bonjour Élodie, M. et Mme Le Goff attendent.", "Bonjour […], M. et Mme […] attendent."),
        ("Le dossier de Monsieur Jean de La Tour-Sèche", "Le dossier de Monsieur […]"),
        ("Bonjour Madame, Monsieur,", "Bonjour Madame, Monsieur,"),
        ("Bonjour,\nVotre demande de M.", "Bonjour,\nVotre demande de M."),
    ],
)
def test_who_is_addressed_or_spoken_of_goes_too(texte: str, reste: str) -> None:
    assert oter_qui(texte, []) == reste
