"""A sentence that somebody typed is kept trimmed, short and without a NIR; the refusal names its field."""

import pytest

from sne.registre.contenu.rules.texte import CHAMPS, TEXTE_MAX, lire_texte
from sne.socle.erreurs import Interdit


@pytest.mark.parametrize("champ", CHAMPS)
def test_a_sentence_is_trimmed_up_to_its_length(champ: str) -> None:
    assert lire_texte("  Vu au guichet. ", champ=champ, requis=True) == "Vu au guichet."
    assert lire_texte("é" * TEXTE_MAX, champ=champ, requis=True) == "é" * TEXTE_MAX
    assert lire_texte(" ", champ=champ, requis=False) == ""


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (" ", "Dites pourquoi."),
        ("é" * (TEXTE_MAX + 1), "Motif\u00a0: 300 signes au plus."),
        ("Le 2 87 03 99 123 456", "Retirez le numéro de sécurité sociale du motif."),
    ],
)
def test_a_refusal_names_the_field(texte: str, phrase: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_texte(texte, champ="motif", requis=True, dites="Dites pourquoi.")
    assert (refus.value.champ, refus.value.phrase) == ("motif", phrase)


def test_a_note_may_be_longer() -> None:
    with pytest.raises(Interdit, match="2000 signes au plus"):
        lire_texte("é" * 2001, champ="texte", requis=True, maximum=2000)
