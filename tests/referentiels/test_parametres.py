"""Dated parameters: what is in force on a day, without and with a database."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from sne.referentiels.models import Parametre
from sne.referentiels.rules import (
    Groupe,
    Periode,
    ValeurDatee,
    parametres_en_vigueur,
    parametres_par_defaut,
)
from sne.referentiels.rules.parametres import codes, fichier_de, par_code, valeurs_du_fichier
from sne.referentiels.selectors import get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.depot.parametres import ParametresDepot

LE = date(2026, 11, 24)
RACINE = Path(__file__).resolve().parents[2] / "sne"


def delaiz(valeur: object, *, debut: date | None = None, fin: date | None = None) -> ValeurDatee:
    """A value of the best known parameter."""
    return ValeurDatee("delaiz_mois", valeur, Periode(debut, fin))


def test_delivered_values() -> None:
    parametres, durees = parametres_par_defaut(LE), parametres_par_defaut(LE)[ParametresDemande]
    assert (durees.delaiz_mois, durees.radiation_mois, durees.reactivation_mois) == (12, 13, 18)
    assert parametres[ParametresDepot].depot_anterieur_max_jours == 30
    assert parametres[ParametresContenu].localisations_max_ecran == 8


@pytest.mark.parametrize("groupe", sorted(Groupe.__subclasses__(), key=str), ids=lambda g: g.__name__)
def test_the_file_of_a_module_explains_exactly_its_parameters(groupe: type[Groupe]) -> None:
    fichier = json.loads(fichier_de(groupe).read_text(encoding="utf-8"))
    assert groupe.__module__.endswith(".parametres")
    assert set(fichier) == set(groupe.model_fields)
    assert all(p["libelle"] and p["unite"] and p["source"] for p in fichier.values())


def test_two_modules_that_declare_the_same_are_refused() -> None:
    assert par_code([ParametresDemande, ParametresDepot])["delaiz_mois"] is ParametresDemande
    with pytest.raises(ValueError, match="the same parameter"):
        par_code([ParametresDepot, ParametresDepot])


def test_other_values_keep_the_rest() -> None:
    livres = parametres_par_defaut(LE)
    courts = livres.avec(delaiz_mois=6, depot_anterieur_max_jours=3)
    assert (courts[ParametresDemande].delaiz_mois, courts[ParametresDemande].radiation_mois) == (6, 13)
    assert courts[ParametresDepot].depot_anterieur_max_jours == 3
    assert courts.avec(delaiz_mois=12, depot_anterieur_max_jours=30) == livres
    with pytest.raises(ValidationError, match="radiée avant la fin"):
        livres.avec(delaiz_mois=14)


def test_every_parameter_is_read_by_a_rule() -> None:
    """A figure that an operator may change without any effect would be a lie; the database’s functions read some, and
    the columns of a report name theirs.
    """
    rapports = (RACINE / "infocentre/rapports/donnees/catalogue.json").read_text(encoding="utf-8")
    sources = rapports.replace('"', "'") + "\n".join(
        p.read_text(encoding="utf-8")
        for p in (*RACINE.rglob("*.py"), *RACINE.rglob("*.sql"))
        if p.name != "parametres.py"
    )
    assert [p for p in codes() if not re.search(rf"[.'\"]{p}\b", sources)] == []


@pytest.mark.parametrize(
    ("le", "attendu"),
    [
        (date(2000, 1, 1), 12),
        (date(2026, 12, 31), 12),
        (date(2027, 1, 1), 11),  # first day included
        (date(2027, 6, 30), 11),  # last day included
        (date(2027, 7, 1), 12),
    ],
)
def test_value_changes_on_its_day(le: date, attendu: int) -> None:
    valeurs = (delaiz(12), delaiz(11, debut=date(2027, 1, 1), fin=date(2027, 6, 30)))
    assert parametres_en_vigueur(valeurs, le)[ParametresDemande].delaiz_mois == attendu


def test_dates_are_read_in_the_file() -> None:
    contenu = {
        "delaiz_mois": {
            "libelle": "Durée",
            "unite": "mois",
            "source": "CCH R441-2-7",
            "valeurs": [{"valeur": 12, "fin": "2026-12-31"}, {"valeur": 11, "debut": "2027-01-01"}],
        }
    }
    valeurs = valeurs_du_fichier(contenu)
    assert [v.periode for v in valeurs] == [
        Periode(None, date(2026, 12, 31)),
        Periode(date(2027, 1, 1), None),
    ]
    assert parametres_en_vigueur(valeurs, date(2027, 1, 1))[ParametresDemande].delaiz_mois == 11


def test_unknown_code_is_ignored_and_missing_one_delivered() -> None:
    parametres = parametres_en_vigueur((ValeurDatee("a_venir", 1),), LE)
    assert parametres == parametres_par_defaut(LE)


@pytest.mark.parametrize("valeur", ["12", 0, -1, 12.5, None])
def test_value_out_of_bounds_is_refused(valeur: object) -> None:
    with pytest.raises(ValidationError, match="delaiz_mois"):
        parametres_en_vigueur((delaiz(valeur),), LE)


@pytest.mark.django_db
def test_tables_say_what_the_file_says() -> None:
    assert get_parametres(LE) == parametres_par_defaut(LE)
    assert get_parametres(LE) is get_parametres(LE)


@pytest.mark.usefixtures("en_owner")
def test_row_of_the_operator_takes_effect_on_its_day() -> None:
    Parametre.objects.create(
        code="delaiz_mois", valeur=11, debut=date(2027, 1, 1), unite="mois", libelle="Durée", source="décret"
    )
    assert get_parametres(date(2026, 12, 31))[ParametresDemande].delaiz_mois == 12
    assert get_parametres(date(2027, 1, 1))[ParametresDemande].delaiz_mois == 11


@pytest.mark.parametrize(
    ("valeurs", "phrase"),
    [
        ({"radiation_mois": 11}, "radiée avant la fin de sa validité"),
        ({"reactivation_mois": 12}, "ne pourrait plus revenir"),
        ({"renouvellement_ouverture_jours": 37}, "peut partir 38 jours avant"),
        ({"preavis_mois": 2}, "peut partir 69 jours avant"),
        ({"lecture_pixels_millions": 80}, "ne tiendrait pas dans lecture_memoire_mo"),
        ({"revue_rappel_2_jours": 60}, "des délais de plus en plus courts"),
        ({"inactivite_avis_mois": 6}, "retirée avant que sa fin soit annoncée"),
        ({"revue_periode_mois": 13}, "doit pouvoir être choisi"),
    ],
)
def test_figures_that_would_take_a_place_or_a_right_away_are_refused(
    valeurs: dict[str, int], phrase: str
) -> None:
    datees = [ValeurDatee(code, valeur) for code, valeur in valeurs.items()]
    with pytest.raises(ValidationError, match=phrase):
        parametres_en_vigueur(datees, LE)


def test_figures_that_just_hold_together() -> None:
    limites = {"radiation_mois": 12, "reactivation_mois": 12, "renouvellement_ouverture_jours": 38}
    parametres = parametres_en_vigueur([ValeurDatee(c, v) for c, v in limites.items()], LE)[ParametresDemande]
    assert (parametres.radiation_mois, parametres.renouvellement_ouverture_jours) == (12, 38)
