"""Terms of an indicator: their form, their window, the cases past a value, a median from integers."""

from dataclasses import replace
from datetime import date
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.infocentre.rapports.rules.cellules import Seuils, faire_quantile
from sne.infocentre.rapports.rules.derriere import Derriere, derriere
from sne.infocentre.rapports.rules.formules import Niveau, Operation, carte
from sne.infocentre.rapports.rules.grains import AXES, GRAINS, Grain, grains_de
from sne.infocentre.rapports.rules.lieux import Portee
from sne.infocentre.rapports.rules.lignes import PAS_SUR_CET_AXE, Matiere, dresser
from sne.infocentre.rapports.rules.periodes import Periode
from sne.infocentre.rapports.rules.termes import (
    Terme,
    evaluer,
    fenetre,
    lire_terme,
    nommer,
    quantile,
    repartition,
)
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from tests.infocentre.rapports.test_formules import SANS_PIECE
from tests.infocentre.rapports.test_lieux import AIN
from tests.infocentre.rapports.test_lignes import DEFICIT, MATIERE, texte

NOVEMBRE = Periode(date(2025, 12, 1), date(2026, 11, 30))
E, OP = EtatCellule, Operation


def test_the_form_of_a_term() -> None:
    assert lire_terme("-STOCK@M01") == Terme("STOCK", "M1", ote=True)
    assert lire_terme("ANCIENNETE_MOIS@A0>120").cle == "ANCIENNETE_MOIS@A0>120"
    assert lire_terme("ANCIENNETE_MOIS>DELAI").seuil == "DELAI"
    for faux in ("stock", "STOCK@", "STOCK@Z1", "STOCK>", "--STOCK", ""):
        with pytest.raises(ValueError, match="not a term"):
            lire_terme(faux)


@pytest.mark.parametrize(
    ("code", "du", "au"),
    [
        ("", date(2025, 12, 1), date(2026, 11, 30)),
        ("M0", date(2026, 11, 1), date(2026, 11, 30)),
        ("M9", date(2026, 2, 1), date(2026, 2, 28)),
        ("T0", date(2026, 7, 1), date(2026, 9, 30)),
        ("T3", date(2025, 10, 1), date(2025, 12, 31)),
        ("A0", date(2025, 1, 1), date(2025, 12, 31)),
        ("A2", date(2023, 1, 1), date(2023, 12, 31)),
        ("P1", date(2024, 12, 1), date(2025, 11, 30)),
        ("V0", date(2025, 11, 1), date(2025, 11, 30)),
    ],
)
def test_windows(code: str, du: date, au: date) -> None:
    assert fenetre(code, NOVEMBRE) == Periode(du, au)


def test_a_quarter_or_a_year_that_ends_with_the_period_is_over() -> None:
    annee = Periode(date(2026, 1, 1), date(2026, 12, 31))
    assert fenetre("A0", annee) == annee
    assert fenetre("T0", annee).du == date(2026, 10, 1)


def test_cases_past_a_value() -> None:
    comptes = {"ANCIENNETE_MOIS=120": 4, "ANCIENNETE_MOIS=121": 2, "ANCIENNETE_MOIS=130": 0, "STOCK": 6}
    assert repartition(lire_terme("ANCIENNETE_MOIS"), comptes) == {120: 4, 121: 2}
    assert evaluer(["ANCIENNETE_MOIS>120"], comptes) == 2
    assert evaluer(["STOCK", "-ANCIENNETE_MOIS>119"], comptes) == 0
    assert evaluer(["ANCIENNETE_MOIS>DELAI"], comptes | {"ANCIENNETE_MOIS>DELAI": 5}) == 5


def test_a_month_of_origin_is_read_as_months_elapsed() -> None:
    origine = 2024 * 12 + 10
    nom = nommer(f"ANCIENNETE_MOIS={origine}", Terme("ANCIENNETE_MOIS", "A0"), date(2026, 11, 30))
    assert nom == "ANCIENNETE_MOIS@A0=24"
    assert nommer("ATTENTE_JOURS=91", Terme("ATTENTE_JOURS"), date(2026, 11, 30)) == "ATTENTE_JOURS=91"
    assert nommer("STOCK", Terme("STOCK", "M1"), date(2026, 11, 30)) == "STOCK@M1"


@given(st.lists(st.integers(-40, 400), min_size=1, max_size=40))
def test_a_median_is_that_of_the_values_one_by_one(valeurs: list[int]) -> None:
    comptes = {valeur: valeurs.count(valeur) for valeur in valeurs}
    assert quantile(comptes, 50) == (median_low(valeurs), len(valeurs))
    rang = -(-len(valeurs) * 9 // 10) - 1
    assert quantile(comptes, 90) == (sorted(valeurs)[rang], len(valeurs))


def test_a_median_of_too_few_cases_is_not_shown() -> None:
    assert quantile({}, 50) == (0, 0)
    etats = [faire_quantile(12, cas, seuils=Seuils(30, 10)).etat for cas in (0, 9, 10, 29, 30)]
    assert etats == [E.VIDE, E.NON_DISPONIBLE, E.FRAGILE, E.FRAGILE, E.VALEUR]
    assert faire_quantile(12, 9, seuils=Seuils(30, 10)).valeur is None


def test_the_lines_that_figures_have() -> None:
    assert set(grains_de({"STOCK"})) == {*GRAINS, *AXES} - {Grain.BAILLEUR, Grain.CONTINGENT, Grain.CANAL}
    communs = {Grain.COMMUNE, Grain.EPCI, Grain.CIBLE, Grain.MUTATION}
    assert set(grains_de({"STOCK", "ATTRIBUTIONS"})) == {*GRAINS, *communs}
    assert set(grains_de({"RADIATIONS"})) == set(grains_de({"LOCATIONS_RPLS"})) == set(GRAINS)


def test_values_of_an_axis_that_somebody_reads() -> None:
    entiere = Portee(AIN, ("001",))
    departement = replace(entiere, departement="75")
    bailleur = replace(entiere, organismes=frozenset({"200000001"}))
    lues = {
        (axe, valeur): tuple(p.retient_valeur(axe, valeur) for p in (entiere, departement, bailleur))
        for axe, valeur in (
            ("AGE", "75+"),
            ("COMMUNE", "75101"),
            ("COMMUNE", "95018"),
            ("BAILLEUR", "200000001"),
            ("BAILLEUR", "200000002"),
        )
    }
    assert lues == {
        ("AGE", "75+"): (True, False, False),
        ("COMMUNE", "75101"): (True, True, False),
        ("COMMUNE", "95018"): (True, False, False),
        ("BAILLEUR", "200000001"): (True, False, True),
        ("BAILLEUR", "200000002"): (True, False, False),
    }


def test_a_label_says_what_its_window_reads() -> None:
    serie = replace(SANS_PIECE, libelle="En cours fin {fin}", numerateur=("STOCK@M1",), denominateur=())
    assert serie.titre(NOVEMBRE) == "En cours fin octobre 2026"
    assert serie.titre() == "En cours fin période"
    assert replace(serie, libelle="SNE {annee}", numerateur=("STOCK@A1",)).titre(NOVEMBRE) == "SNE 2024"
    assert SANS_PIECE.titre(NOVEMBRE) == SANS_PIECE.libelle
    assert texte("TYPE").termes == ()
    assert "11 cas" in dict(carte(replace(SANS_PIECE, minimum=11), {}))["Seuil propre à cet indicateur"]


def test_what_cannot_be_opened() -> None:
    for numerateur in (("ANCIENNETE_MOIS>DELAI",), ("STOCK", "-STOCK@P1")):
        assert derriere(replace(SANS_PIECE, numerateur=numerateur), {}) is None
    for operation in (OP.MEDIANE, OP.DECILE_9, OP.INDICE):
        assert derriere(replace(SANS_PIECE, operation=operation), {}) is None
    ouvert = derriere(replace(SANS_PIECE, numerateur=("STOCK@M1",)), {})
    assert ouvert == Derriere((Terme("STOCK", "M1"),))
    assert ouvert.mesures == {"STOCK"}
    passees = derriere(replace(SANS_PIECE, numerateur=("ANCIENNETE_MOIS>120",)), {})
    assert passees == Derriere((Terme("ANCIENNETE_MOIS", seuil="120"),))


PART = replace(SANS_PIECE, code="PART", operation=OP.PART, numerateur=("STOCK",), denominateur=())
PRESSION = replace(
    SANS_PIECE,
    code="PRESSION",
    operation=OP.MOYENNE,
    numerateur=("STOCK",),
    denominateur=("ATTRIBUTIONS",),
    minimum=11,
)
INDICE = replace(PRESSION, code="INDICE", operation=OP.INDICE, decimales=2)
MEDIANE = replace(PART, code="MEDIANE", operation=OP.MEDIANE, numerateur=("ATTENTE_JOURS",))
ECART = replace(PART, code="ECART", operation=OP.DIFFERENCE, numerateur=("STOCK", "-STOCK@P1"))
DELAI = replace(PRESSION, code="DELAI", numerateur=("ANCIENNETE_MOIS>DELAI",), denominateur=("STOCK",))


def par_commune(**lignes: dict[str, int]) -> dict[str, dict[str, Cellule]]:
    definitions = (PART, PRESSION, INDICE, MEDIANE, ECART, DELAI, DEFICIT, texte("TYPE"))
    matiere: Matiere = replace(
        MATIERE,
        definitions=definitions,
        axe={code: (f"Commune {code}", comptes) for code, comptes in lignes.items()},
        inconnus={"STOCK@P1": "trop tôt"},
    )
    return {
        ligne.cle: {d.code: c for d, c in zip(definitions, ligne.cellules, strict=True)}
        for ligne in dresser(matiere, Grain.COMMUNE)
    }


def test_lines_of_an_axis() -> None:
    lues = par_commune(
        A={"STOCK": 300, "ATTRIBUTIONS": 30, **{f"ATTENTE_JOURS={n}": 2 for n in range(20)}},
        B={"STOCK": 100, "ATTRIBUTIONS": 10},
        C={"STOCK": 0, "ATTRIBUTIONS": 60},
    )
    a, b = lues["COMMUNE:A"], lues["COMMUNE:B"]
    assert (str(a["PART"].valeur), a["PART"].denominateur) == ("75.0", 400)
    assert (str(a["PRESSION"].valeur), b["PRESSION"].etat) == ("10.0", E.TROP_PETIT), (
        "its own threshold is 11"
    )
    assert (str(a["INDICE"].valeur), a["INDICE"].denominateur) == ("2.50", 30)
    assert b["INDICE"].etat is E.TROP_PETIT
    assert (a["MEDIANE"].valeur, a["MEDIANE"].denominateur) == (9, 40)
    assert (a["ECART"].etat, a["ECART"].motif) == (E.NON_DISPONIBLE, "trop tôt")
    assert a["DELAI"] == a["DEFICIT_RPLS"] == a["TYPE"] == PAS_SUR_CET_AXE


def test_an_index_over_nothing_is_empty() -> None:
    lue = par_commune(A={"STOCK": 0, "ATTRIBUTIONS": 30})["COMMUNE:A"]
    assert lue["INDICE"].etat is E.VIDE


def test_a_measure_without_the_axis_says_so() -> None:
    matiere = replace(MATIERE, definitions=(SANS_PIECE,), axe={"GUICHET": ("Au guichet", {"DEPOTS": 40})})
    [par_canal] = dresser(matiere, Grain.CANAL)
    [par_age] = dresser(matiere, Grain.AGE)
    assert par_canal.cellules[0].denominateur == 40
    assert par_age.cellules == (PAS_SUR_CET_AXE,)
    assert replace(SANS_PIECE, niveau=Niveau.ORGANISME_ANNEE).termes == SANS_PIECE.termes


def test_a_share_of_everything_that_is_read() -> None:
    depots = replace(PART, numerateur=("DEPOTS",))
    lignes = dresser(replace(MATIERE, definitions=(depots,)), Grain.ORGANISME)
    assert [(x.cellules[0].numerateur, x.cellules[0].denominateur) for x in lignes] == [
        (0, 127),
        (107, 127),
        (20, 127),
    ]
