"""The first sign that no civil status prints is named, or said to be invisible."""

import pytest

from sne.registre.contenu.rules.controles.noms import phrase_du_signe, signe_inattendu


@pytest.mark.parametrize(
    "nom", ["", "Leca", "N’Guyễn", "Saint-Exupéry (de)", "Ōtani", "Ɖoɖo", "El-Ḥajj", "O\u0301", "Ṣẹ\u0301gun"]
)
def test_latin_letters_with_every_accent_are_expected(nom: str) -> None:
    assert signe_inattendu(nom) == ""


@pytest.mark.parametrize(
    ("nom", "signe"),
    [
        ("Leca😀", "😀"),
        ("محمد", "م"),
        ("Леа", "Л"),
        ("a\u202eb", "\u202e"),
        ("R2", "2"),
        ("<b>", "<"),
        ("a\u200b", "\u200b"),
        ("Dup\ufe0font", "\ufe0f"),
        ("Dup\u034font", "\u034f"),
    ],
)
def test_another_sign_is_found(nom: str, signe: str) -> None:
    assert signe_inattendu(nom) == signe


def test_what_cannot_be_seen_is_named() -> None:
    assert phrase_du_signe("😀").startswith("le signe «\u00a0😀\u00a0»")
    assert phrase_du_signe("\u202e").startswith("un signe invisible")
    assert phrase_du_signe("\ufe0f").startswith("un signe invisible")
    assert phrase_du_signe("\u064b").startswith("le signe «\u00a0\u064b\u00a0»")
