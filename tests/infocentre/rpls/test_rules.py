"""What a RPLS file must be, why a figure is missing."""

from datetime import date

import pytest

from sne.infocentre.rpls.rules import (
    ENTETE,
    exiger_assez_de_lignes,
    exiger_millesime,
    lire_entete,
    phrase_d_absence,
    siren_juste,
)
from sne.socle.erreurs import Interdit

JUSTE = ";".join(ENTETE)


@pytest.mark.parametrize(
    "ligne", [JUSTE + "\r\n", "\ufeff" + JUSTE + "\n", '"' + JUSTE.replace(";", '";"') + '"']
)
def test_the_ten_columns_in_order(ligne: str) -> None:
    lire_entete(ligne.encode())


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        (JUSTE.replace("SIREN_BAILLEUR;", ""), "Il manque\u00a0: SIREN_BAILLEUR."),
        (JUSTE.replace(";", ","), "Il manque"),
        (JUSTE + ";ETAGE", "1 colonne(s) qui ne sont pas de l’extrait"),
        (JUSTE.replace("DEPCOM;NBPIECE", "NBPIECE;DEPCOM"), "pas dans l’ordre"),
        ("", "Il manque"),
    ],
)
def test_any_other_header_is_refused_with_the_remedy(ligne: str, dit: str) -> None:
    with pytest.raises(Interdit, match=dit.replace("(", "\\(").replace(")", "\\)")):
        lire_entete(ligne.encode("latin-1"))


@pytest.mark.parametrize(
    ("texte", "juste"),
    [("999000011", True), ("999000012", False), ("99900001", False), ("٩٩٩٠٠٠٠١١", False), ("", False)],
)
def test_a_siren_has_nine_digits_and_its_key(texte: str, juste: bool) -> None:
    assert siren_juste(texte) is juste


@pytest.mark.parametrize("millesime", [2011, 2027, -1])
def test_a_vintage_that_cannot_be_is_refused(millesime: int) -> None:
    with pytest.raises(Interdit) as exc:
        exiger_millesime(millesime, le=date(2026, 11, 24))
    assert exc.value.champ == "millesime"


def test_a_file_is_refused_above_its_share_of_rejects_and_not_at_it() -> None:
    exiger_assez_de_lignes(100, 2, part_max=0.02)
    with pytest.raises(Interdit, match="plus que les 2\u00a0% admis"):
        exiger_assez_de_lignes(100, 3, part_max=0.02)
    with pytest.raises(Interdit, match="que sa première ligne"):
        exiger_assez_de_lignes(0, 0, part_max=0.02)


def test_absence_says_its_reason_and_that_it_is_not_zero() -> None:
    assert "millésime 2025" in phrase_d_absence(2024, charge=False)
    assert "Ce n’est pas zéro" in phrase_d_absence(2024, charge=True)
