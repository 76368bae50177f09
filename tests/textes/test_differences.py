"""What changed: both texts can be read back from the passages, and what is the same is said to be."""

from hypothesis import given
from hypothesis import strategies as st

from sne.textes.rules import Passage, Sens, comparer, sans_signes

TEXTES = st.lists(
    st.lists(st.sampled_from(["le", "mois", "zéro", "vide"]), min_size=1).map(" ".join), max_size=6
).map("\n".join)


def lu(lignes: tuple[tuple[Passage, ...], ...], *sens: Sens) -> list[str]:
    gardees = ([p.texte for p in ligne if p.sens in sens] for ligne in lignes)
    return [" ".join(mots) for mots in gardees if mots]


@given(TEXTES, TEXTES)
def test_both_texts_are_read_back(avant: str, apres: str) -> None:
    lignes = comparer(avant, apres)
    assert lu(lignes, Sens.GARDE, Sens.RETIRE) == avant.splitlines()
    assert lu(lignes, Sens.GARDE, Sens.AJOUTE) == apres.splitlines()


def test_a_word_changed_is_the_only_one_shown() -> None:
    assert comparer("Il a deux mois.", "Il a trois mois.") == (
        (
            Passage(Sens.GARDE, "Il a"),
            Passage(Sens.RETIRE, "deux"),
            Passage(Sens.AJOUTE, "trois"),
            Passage(Sens.GARDE, "mois."),
        ),
    )


def test_signs_are_said_to_who_knows_no_markdown() -> None:
    cadres = "::: attention\nVoir [la page](/aide/x/).\n:::\n::: autre"
    source = f"## Quand\n- **Un** mot\n\n{cadres}\n| A | B |\n|---|---|\n| 1 | 2 |"
    assert sans_signes(source) == (
        "Titre\u00a0: Quand\n• Un mot\n\nAttention\u00a0:\nVoir la page (/aide/x/).\n::: autre\n| A | B |\n| 1 | 2 |"
    )
