"""What a new version makes of a subscription: nothing is dropped, nothing is sent unfiltered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest

from sne.infocentre.abonnements.rules.migration import (
    LIBELLES,
    OUVERTES,
    SUITES,
    ColonneGardee,
    ColonnePerdue,
    Lien,
    Migration,
    Transposition,
    comparer,
    exiger_suite,
    rappel_du,
    transposer,
)
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne, Tableau
from sne.socle.erreurs import Interdit

LIENS = (Lien("2.1", "1"), Lien("2.2", "2", identique=False), Lien("2.3", ""), Lien("", "3"))
VALEUR, VIDE = EtatCellule.VALEUR, EtatCellule.VIDE


def tableau(codes: Sequence[str], *lignes: tuple[str, Sequence[Cellule]], version: int = 1) -> Tableau:
    """A table of these columns and these lines."""
    return Tableau(
        code="TB06",
        titre="Tableau 06",
        version=version,
        perimetre="Val-d’Aurette",
        du=date(2023, 5, 1),
        au=date(2024, 4, 30),
        scellement=12,
        scelle_le=datetime(2024, 5, 1, 3, tzinfo=UTC),
        colonnes=tuple(Colonne(code, f"Colonne {code}") for code in codes),
        lignes=tuple(Ligne(cle, f"Guichet {cle}", tuple(cellules)) for cle, cellules in lignes),
    )


def compte(nombre: int) -> Cellule:
    return Cellule(VALEUR, nombre, nombre)


ANCIEN = tableau(["2.1", "2.2", "2.3"], ("a", [compte(7), compte(8), compte(1240)]))


def test_filters_and_sort_follow_their_columns() -> None:
    porte = transposer([("type", "BAILLEUR"), ("2.1", "7")], "-2.1", LIENS, filtres_connus={"type", "1"})
    assert porte == Transposition((("type", "BAILLEUR"), ("1", "7")), "-1", ())


def test_a_filter_without_equivalent_stays_and_is_told() -> None:
    porte = transposer([("quartier", "QP099")], "2.3", LIENS, filtres_connus={"type"})
    assert porte.filtres == (("quartier", "QP099"),)
    assert porte.sans_equivalent == ("quartier",)
    assert porte.tri == ""
    assert transposer((), "", LIENS, filtres_connus=()) == Transposition((), "", ())


def test_kept_columns_are_compared_to_the_integer_and_lost_ones_say_what_they_showed() -> None:
    nouveau = tableau(["1", "2", "3"], ("a", [compte(7), compte(9), compte(1)]), version=2)
    difference = comparer(ANCIEN, nouveau, LIENS)
    assert difference.gardees == (
        ColonneGardee("Colonne 2.1", 0),
        ColonneGardee("Colonne 2.2", None),
    )
    assert difference.perdues == (ColonnePerdue("Colonne 2.3", (("Guichet a", "1\u00a0240"),)),)
    assert difference.gagnees == ("Colonne 3",)
    assert difference.ecarts == 0


@pytest.mark.parametrize(
    "cellules",
    [
        [compte(6), compte(8)],
        [Cellule(VALEUR, 7, 7, 9), compte(8)],
        [Cellule(EtatCellule.FRAGILE, 7, 7), compte(8)],
    ],
)
def test_a_figure_that_moved_is_seen(cellules: list[Cellule]) -> None:
    assert comparer(ANCIEN, tableau(["1", "2"], ("a", cellules)), LIENS).ecarts == 1


def test_a_line_that_is_gone_is_seen() -> None:
    assert comparer(ANCIEN, tableau(["1", "2"], ("b", [compte(7), compte(8)])), LIENS).ecarts == 1


@pytest.mark.parametrize(
    ("cellule", "texte"),
    [
        (Cellule(VALEUR, Decimal("12.5")), "12,5"),
        (Cellule(EtatCellule.ZERO, 0), "0"),
        (Cellule(VIDE), "aucun cas"),
        (Cellule(EtatCellule.NON_DISPONIBLE, motif="Aucun millésime."), "n. d."),
        (Cellule(VALEUR, texte="Bailleur"), "Bailleur"),
    ],
)
def test_an_absence_is_never_a_zero(cellule: Cellule, texte: str) -> None:
    difference = comparer(tableau(["2.3"], ("a", [cellule])), tableau([]), LIENS)
    assert difference.perdues[0].valeurs == (("Guichet a", texte),)


@pytest.mark.parametrize(("etat", "voulu"), [*product([None, *Migration], Migration)])
def test_every_answer_against_every_state(etat: Migration | None, voulu: Migration) -> None:
    if voulu in SUITES[etat]:
        exiger_suite(etat, voulu)
    else:
        with pytest.raises(Interdit):
            exiger_suite(etat, voulu)


def test_what_cannot_be_carried_over_is_never_moved_nor_kept_by_itself() -> None:
    assert SUITES[Migration.A_REPRENDRE].isdisjoint({Migration.AUTOMATIQUE, Migration.GARDEE})
    assert {etat for etat in Migration if SUITES[etat]} == OUVERTES
    assert set(LIBELLES) == set(Migration)


@pytest.mark.parametrize(
    ("le", "du"),
    [
        (date(2024, 4, 29), None),
        (date(2024, 4, 30), 15),
        (date(2024, 5, 7), 15),
        (date(2024, 5, 8), 7),
        (date(2024, 5, 14), 1),
        (date(2024, 5, 15), None),
        (date(2024, 5, 16), None),
    ],
)
def test_the_notices_before_a_withdrawal(le: date, du: int | None) -> None:
    retrait = date(2024, 5, 15)
    assert rappel_du(retrait, le=le, jours=(15, 7, 1)) == du
    if du is not None:
        assert retrait - timedelta(days=du) <= le
