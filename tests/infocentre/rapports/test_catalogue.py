"""What is delivered: both tables in order, removed rows still computable, measures that exist, dates of the seed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.rapports.donnees import correspondances, lire_catalogue
from sne.infocentre.rapports.rules.formules import Operation, Statut, carte, objectif
from sne.infocentre.rapports.rules.grains import HORS_DU_LAC
from sne.infocentre.rapports.rules.lignes import ATTRIBUTS
from sne.infocentre.rapports.rules.termes import mesures_de
from sne.infocentre.rapports.selectors.catalogue import get_lectures, list_catalogue, list_definitions
from sne.infocentre.rapports.selectors.versions import get_rapport, get_version, list_passages
from sne.socle.erreurs import Efface, Introuvable
from sne.socle.horloge import debut_du_jour

pytestmark = pytest.mark.django_db
LE = date(2024, 5, 2)
SECONDE = timedelta(seconds=1)
DOUBLE, RETRAIT = debut_du_jour(date(2024, 4, 15)), debut_du_jour(date(2024, 5, 15))
GARDES = [
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "2.1",
    "2.2",
    "2.3",
    "2.4",
    "2.5",
    "2.7",
    "2.11",
    "2.13",
    "2.14",
    "2.15",
    "3.2",
    "3.3",
    "4.1",
    "4.7",
    "4.8",
]
RETIRES = ["2.6", "2.8", "2.9", "2.10", "2.12", "3.1", "4.2", "4.3", "4.4", "4.5", "4.6"]
TOUS = [
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "2.1",
    "2.2",
    "2.3",
    "2.4",
    "2.5",
    "2.6",
    "2.7",
    "2.8",
    "2.9",
    "2.10",
    "2.11",
    "2.12",
    "2.13",
    "2.14",
    "2.15",
    "2.16",
    "3.1",
    "3.2",
    "3.3",
    "4.1",
    "4.2",
    "4.3",
    "4.4",
    "4.5",
    "4.6",
    "4.7",
    "4.8",
]


def reperes(numero: int) -> list[str]:
    version = get_rapport("TB06").versions[numero]
    return [d.repere for d in list_definitions(version, le=LE)]


@pytest.mark.decision("D-2024-14")
def test_the_new_table_is_the_nineteen_rows_that_were_kept_in_order() -> None:
    assert reperes(2) == GARDES
    assert len(GARDES) == 19


@pytest.mark.decision("D-2024-14")
def test_the_old_table_is_the_thirty_one_rows_in_order() -> None:
    assert reperes(1) == TOUS
    assert len(TOUS) == 31
    assert set(TOUS) == {*GARDES, *RETIRES, "2.16"}


def test_the_undecided_row_is_built_and_off_until_its_parameter_says() -> None:
    version = get_rapport("TB06").versions[2]
    [indecise] = [c for c in version.colonnes if c.si]
    assert (indecise.indicateur, indecise.si) == ("PART_ATTRIBUTIONS_SANS_AVIS", "tb06_sans_pj_rfr_affiche")
    montree = replace(version, colonnes=tuple(replace(c, si="") for c in version.colonnes))
    affichees = [d.repere for d in list_definitions(montree, le=LE)]
    assert affichees == [r for r in TOUS if r not in RETIRES]


def test_every_removed_row_stays_in_the_catalogue_and_can_be_counted() -> None:
    par_repere = {d.repere: d for d in list_catalogue()}
    assert [d.repere for d in list_catalogue() if d.repere] == TOUS
    assert {r for r in TOUS if par_repere[r].statut is Statut.SUPPRIME} == set(RETIRES)
    assert par_repere["2.16"].statut is Statut.INDECIS


def test_every_measure_of_an_indicator_exists() -> None:
    for d in list_catalogue():
        if d.operation is Operation.TEXTE:
            assert d.numerateur[0] in ATTRIBUTS
            continue
        termes = (*d.numerateur, *d.denominateur, *(d.lecture.numerateur if d.lecture else ()))
        assert mesures_de(termes) - HORS_DU_LAC <= set(MESURES), d.code
        assert d.phrase
        assert d.reference


def test_both_readings_are_chosen_by_dated_parameters() -> None:
    lectures = {d.lecture.parametre for d in list_catalogue() if d.lecture}
    assert lectures == {"tb06_moins_30_lecture", "tb06_pgp_lecture"}
    assert {code: get_lectures(LE)[code] for code in lectures} == dict.fromkeys(lectures, "A")


def test_what_the_law_asks_is_a_dated_parameter_said_in_the_card() -> None:
    vises = {d.code: objectif(d, get_lectures(LE)) for d in list_catalogue()}
    assert {code: vise for code, vise in vises.items() if vise} == {
        "PART_PRIORITAIRES": "25\u00a0%",
        "PART_QUARTILE_HORS_QPV": "25\u00a0%",
    }
    prioritaires = next(d for d in list_catalogue() if d.code == "PART_PRIORITAIRES")
    assert dict(carte(prioritaires, get_lectures(LE)))["Objectif de la loi"] == "25\u00a0%"


@pytest.mark.parametrize(
    ("instant", "attendus"),
    [
        (DOUBLE - SECONDE, {1: "Tableau 06"}),
        (DOUBLE, {2: "Tableau 06", 1: "Tableau 06_OLD"}),
        (RETRAIT - SECONDE, {2: "Tableau 06", 1: "Tableau 06_OLD"}),
        (RETRAIT, {2: "Tableau 06"}),
    ],
)
def test_the_calendar_of_the_seed_is_read_of_rows(instant: object, attendus: dict[int, str]) -> None:
    courantes = get_rapport("TB06").courantes(instant)  # type: ignore[arg-type]
    assert {v.numero: v.vie.nom(instant) for v in courantes} == attendus  # type: ignore[arg-type]


def test_an_address_before_during_and_after() -> None:
    assert get_version("TB06", None, instant=DOUBLE)[1].numero == 2
    assert get_version("TB06", 1, instant=DOUBLE)[1].numero == 1
    with pytest.raises(Introuvable):
        get_version("TB06", 2, instant=DOUBLE - SECONDE)
    with pytest.raises(Efface, match="Tableau 06_OLD"):
        get_version("TB06", 1, instant=RETRAIT)
    with pytest.raises(Introuvable):
        get_version("TB06", 3, instant=RETRAIT)
    with pytest.raises(Introuvable):
        get_version("INCONNU", None, instant=RETRAIT)
    with pytest.raises(Introuvable):
        get_version("R04", None, instant=RETRAIT)


def test_each_old_column_is_somewhere_or_said_to_be_lost() -> None:
    versions = get_rapport("TB06").versions
    passages = list_passages(versions[1], versions[2])
    assert [p.ancienne for p in passages] == [c.indicateur for c in versions[1].colonnes]
    assert sum(p.sort == "IDENTIQUE" for p in passages) == 19
    assert sum(p.sort == "SUPPRIMEE" for p in passages) == 12


def test_a_column_in_another_definition_is_changed_and_a_new_one_is_new() -> None:
    passages = correspondances(
        [{"indicateur": "A", "version": 1}, {"indicateur": "B", "version": 1}],
        [{"indicateur": "A", "version": 2}, {"indicateur": "C", "version": 1}],
    )
    assert [p["sort"] for p in passages] == ["MODIFIEE", "SUPPRIMEE", "NOUVELLE"]
    assert lire_catalogue()["rapports"][0]["code"] == "TB06"
