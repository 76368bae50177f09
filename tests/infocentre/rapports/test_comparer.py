"""What a table is compared with: another period line by line, another place as a whole; constant perimeters; months."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sne.infocentre.rapports.rules.comparer import cle_comparee, ecart, entrelacer
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee
from sne.infocentre.rapports.rules.periodes import Periode, fin_du_mois
from sne.infocentre.rapports.selectors.catalogue import list_definitions
from sne.infocentre.rapports.selectors.contre import AVANT, UN_AN, get_contre
from sne.infocentre.rapports.selectors.series import est_mensuelle, list_points
from sne.infocentre.rapports.selectors.tableau import Contre, Demandee, assembler
from sne.infocentre.rapports.selectors.versions import get_rapport
from sne.infocentre.rapports.tableau import Cellule, EtatCellule, Ligne
from sne.referentiels.rules.periodes import Periode as Ouverture
from tests.infocentre.rapports.exemples import fiche
from tests.infocentre.rapports.scene import remplir
from tests.registre import factories as f

E = EtatCellule
ICI = Portee(Lieu(NatureLieu.TERRITOIRE, "099"), ("099",))
LA_BAS = Portee(Lieu(NatureLieu.TERRITOIRE, "02A"), ("02A",))
OCTOBRE = Periode(date(2026, 10, 1), date(2026, 10, 31))
SEPTEMBRE = Periode(date(2026, 9, 1), date(2026, 9, 30))
AN_DERNIER = Periode(date(2025, 10, 1), date(2025, 10, 31))


def test_each_line_is_followed_by_the_same_line_of_the_other() -> None:
    une, deux = (Ligne(cle, cle.lower(), (Cellule(E.ZERO, 0),)) for cle in ("A", "B"))
    autre = Ligne("A", "ancien nom", (Cellule(E.VALEUR, 3),))
    suite = entrelacer([une, deux], [autre], "un an avant")
    assert [(x.cle, x.libelle, x.niveau) for x in suite] == [
        ("A", "a", "GUICHET"),
        (cle_comparee("A"), "a, un an avant", "COMPAREE"),
        ("B", "b", "GUICHET"),
    ]
    assert suite[1].cellules == autre.cellules


@pytest.mark.parametrize(
    ("cellule", "autre", "attendu"),
    [
        (Cellule(E.VALEUR, Decimal("12.5")), Cellule(E.FRAGILE, Decimal("11.2")), Decimal("1.3")),
        (Cellule(E.ZERO), Cellule(E.VALEUR, 4), -4),
        (Cellule(E.VALEUR, 4), Cellule(E.NON_DISPONIBLE, 4), None),
        (Cellule(E.TROP_PETIT, None, 2, 7), Cellule(E.VALEUR, 4), None),
    ],
)
def test_a_difference_is_of_two_figures(cellule: Cellule, autre: Cellule, attendu: object) -> None:
    assert ecart(cellule, autre) == attendu


@pytest.mark.django_db
def test_a_code_names_what_it_is_compared_with() -> None:
    def lire(lieu: Lieu) -> Portee | None:
        return LA_BAS if lieu == LA_BAS.lieu else None

    assert get_contre(UN_AN, ICI, OCTOBRE, lire=lire) == Contre(UN_AN, ICI, AN_DERNIER, "octobre 2025")
    lus = {code: get_contre(code, ICI, OCTOBRE, lire=lire) for code in (AVANT, "2026-09", "territoire-02A")}
    assert [c and (c.portee.lieu.code, c.periode) for c in lus.values()] == [
        ("099", SEPTEMBRE),
        ("099", SEPTEMBRE),
        ("02A", OCTOBRE),
    ]
    for rien in ("", "region-94", "2026-13", "ailleurs"):
        assert get_contre(rien, ICI, OCTOBRE, lire=lire) is None


def test_a_constant_perimeter_keeps_who_was_open_throughout_both() -> None:
    contre = Contre(UN_AN, ICI, AN_DERNIER, "avant")
    demandee = Demandee(get_rapport_vide(), ICI, OCTOBRE, contre=contre, constant=True)
    for ouverture, gardee in (
        (Ouverture(None, None), True),
        (Ouverture(date(2025, 10, 1), date(2026, 10, 31)), True),
        (Ouverture(date(2025, 10, 2), None), False),
        (Ouverture(None, date(2026, 10, 30)), False),
    ):
        guichet = fiche("099", "G0991", periode=ouverture)
        comparee = demandee.comparee
        assert comparee is not None
        assert [d.dure(guichet) for d in (demandee, comparee)] == [gardee, gardee]
        assert replace(demandee, constant=False).dure(guichet)
    assert not demandee.entiere


def get_rapport_vide() -> Any:
    return None


@pytest.mark.django_db
def test_a_table_beside_the_year_before_and_beside_another_place() -> None:
    remplir()
    remplir({"099G0991": {"DEPOTS": 80}}, mois=date(2025, 10, 1), debut=date(2023, 1, 1))
    version = get_rapport("TB06").versions[2]
    rang = [c.indicateur for c in version.colonnes if c.indicateur != "PART_ATTRIBUTIONS_SANS_AVIS"].index(
        "NOUVELLES_DEMANDES"
    )
    for contre, attendues in (
        (Contre(UN_AN, ICI, AN_DERNIER, "un an avant"), {"GUICHET:099G0991": 80, "TOTAL:": 80}),
        (Contre("territoire-02A", LA_BAS, OCTOBRE, "Corse"), {"TOTAL:": None}),
    ):
        lu = assembler(Demandee(version, ICI, OCTOBRE, contre=contre), instant=f.MAINTENANT).tableau
        lignes = {ligne.cle: ligne for ligne in lu.lignes}
        assert ("Comparé à", contre.libelle) in lu.filtres
        for cle, valeur in attendues.items():
            assert lignes[cle_comparee(cle)].cellules[rang].valeur == valeur
        if contre.portee == LA_BAS:
            assert [cle for cle in lignes if cle.startswith("COMPAREE")] == [cle_comparee("TOTAL:")]


@pytest.mark.django_db
def test_months_of_a_column_before_the_first_are_no_zero() -> None:
    remplir(debut=date(2026, 8, 1))
    version = get_rapport("TB06").versions[2]
    demandee = Demandee(version, ICI, OCTOBRE, type_organisme="BAILLEUR")
    definitions = {d.code: d for d in list_definitions(version, le=date(2026, 11, 24))}
    assert not any(est_mensuelle(definitions[code]) for code in ("SIREN", "DEFICIT_RPLS"))
    autres = {
        d.code: d
        for rapport in ("R01", "R02", "R06")
        for d in list_definitions(get_rapport(rapport).versions[1], le=date(2026, 11, 24))
    }
    dates = ("DEMANDES_FIN_M1", "PRESSION", "ATTRIBUTIONS_DE_L_ANNEE")
    assert [est_mensuelle(autres[code]) for code in ("DEMANDES_ACTIVES", *dates)] == [
        True,
        False,
        False,
        False,
    ]
    lu = assembler(demandee, instant=f.MAINTENANT)
    with pytest.raises(ValueError, match="SIREN"):
        list_points(demandee, definitions["SIREN"], lu.matiere)
    points = list_points(demandee, definitions["NOUVELLES_DEMANDES"], lu.matiere)
    assert [m for m, _ in points] == [date(2025, 11, 1), date(2025, 12, 1)] + [
        date(2026, m, 1) for m in range(1, 11)
    ]
    assert [c.etat for _, c in points] == [E.NON_DISPONIBLE] * 9 + [E.ZERO, E.ZERO, E.VALEUR]
    assert points[-1][1].valeur == 107  # the portal and the town hall are left out
    entier = Demandee(version, ICI, OCTOBRE)
    [*_, (_, octobre)] = list_points(entier, definitions["NOUVELLES_DEMANDES"], lu.matiere)
    assert octobre.valeur == 1397


@pytest.mark.django_db
def test_months_of_a_stock_add_up_and_those_of_a_window_are_read_one_by_one() -> None:
    remplir({"099G0991": {"STOCK": 40}}, mois=date(2026, 8, 1), debut=date(2025, 1, 1))
    remplir({"099G0991": {"STOCK": -10}}, mois=date(2026, 10, 1), debut=date(2025, 2, 1))
    version = get_rapport("R01").versions[1]
    demandee = Demandee(version, ICI, OCTOBRE, type_organisme="BAILLEUR")
    lu = assembler(demandee, instant=f.MAINTENANT)
    stock = replace(next(d for d in lu.matiere.definitions if d.operation == "COMPTE"), numerateur=("STOCK",))
    derniers = [c.valeur or 0 for _, c in list_points(demandee, stock, lu.matiere)][-4:]
    assert derniers == [0, 40, 40, 30]
    avant = replace(stock, numerateur=("STOCK@M1",))
    assert [c.valeur or 0 for _, c in list_points(demandee, avant, lu.matiere)][-4:] == [0, 0, 40, 40]


@pytest.mark.django_db
def test_each_month_of_a_median_is_that_of_its_table() -> None:
    """A distribution that adds up over months, one that is read on a day: in one reading, what each table says."""
    for mois in (8, 9, 10):
        remplir(
            {
                "099G0991": {f"ATTENTE_JOURS={90 * mois}": 20, f"ANCIENNETE_MOIS={24310 + mois}": 15},
                "099G0993": {"ATTENTE_JOURS=12": 12},
            },
            mois=date(2026, mois, 1),
            debut=date(2024, mois, 1),
        )
    demandee = Demandee(get_rapport("R07").versions[1], ICI, OCTOBRE)
    lu = assembler(demandee, instant=f.MAINTENANT)
    for rang, definition in enumerate(lu.matiere.definitions):
        if definition.code not in ("ATTENTE_MEDIANE", "ANCIENNETE_MEDIANE"):
            continue
        points = list_points(demandee, definition, lu.matiere)[-3:]
        seules = [replace(demandee, periode=Periode(m, fin_du_mois(m))) for m, _ in points]
        totaux = [assembler(d, instant=f.MAINTENANT).tableau.lignes[-1].cellules[rang] for d in seules]
        assert [c for _, c in points] == totaux
        assert {c.etat for c in totaux} <= {E.VALEUR, E.FRAGILE}
        assert len({c.valeur for c in totaux}) > 1, definition.code
