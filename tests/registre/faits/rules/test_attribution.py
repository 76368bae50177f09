"""Decisions of the commission and allocations: what each asks for, field by field."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sne.referentiels.rules import ClassePublic, nomenclatures_par_defaut, publics_par_defaut
from sne.registre.faits.rules.attributions import (
    ADRESSE,
    AttributionSaisie,
    controler_attribution,
    lire_adresse,
)
from sne.registre.faits.rules.decisions import Decision, DecisionSaisie, controler_decision, publics_lisibles

LE = date(2026, 11, 24)
DEMAIN = LE + timedelta(days=1)
NOMENCLATURES = nomenclatures_par_defaut(LE)
PUBLICS = publics_par_defaut(LE)


def decision(code: str, **autres: Any) -> list[str]:
    """Fields refused."""
    saisie = DecisionSaisie(code=code, jour=LE, **autres)
    return [a.chemin for a in controler_decision(saisie, pieces={"IMPOT"}, publics=PUBLICS.codes)]


RANG = {"rang": 2}
CONDITION = {"pieces_manquantes": ("IMPOT",), "pieces_avant": DEMAIN}
MOTIF = {"motivation": "Ressources au-dessus du plafond."}
COMPLET: dict[Decision, dict[str, Any]] = {
    Decision.ATTR: {},
    Decision.ATTR_RANG: RANG,
    Decision.ATTR_SUSP: CONDITION,
    Decision.NON_ATTR: MOTIF,
    Decision.IRRECEVABLE: MOTIF,
}


@pytest.mark.parametrize("code", Decision)
def test_each_decision_with_what_it_needs(code: Decision) -> None:
    assert decision(code, **COMPLET[code]) == []


def test_decisions_are_those_of_the_list() -> None:
    assert {code for code, _ in NOMENCLATURES.choix("ListeDecisionCommission")} == set(Decision)


@pytest.mark.parametrize(
    ("code", "autres", "champs"),
    [
        ("AILLEURS", {}, ["code"]),
        ("ATTR_RANG", {}, ["rang"]),
        ("ATTR_RANG", {"rang": 0}, ["rang"]),
        ("ATTR_RANG", {"rang": 21}, ["rang"]),
        ("ATTR", RANG, ["rang"]),
        ("ATTR_SUSP", {}, ["pieces_manquantes", "pieces_avant"]),
        ("ATTR_SUSP", CONDITION | {"pieces_manquantes": ("CARTE_VITALE",)}, ["pieces_manquantes"]),
        ("ATTR_SUSP", CONDITION | {"pieces_avant": LE - timedelta(days=1)}, ["pieces_avant"]),
        ("ATTR", CONDITION, ["pieces_manquantes"]),
        ("ATTR", {"pieces_avant": DEMAIN}, ["pieces_manquantes"]),
        ("NON_ATTR", {}, ["motivation"]),
        ("IRRECEVABLE", {"motivation": " "}, ["motivation"]),
        ("ATTR", {"rpls": "12"}, ["rpls"]),
        ("ATTR", {"rpls": "A1B2C3D4E5", "publics": ("DALO", "CIA")}, []),
        ("ATTR", {"publics": ("AILLEURS",)}, ["publics"]),
    ],
)
def test_what_a_decision_lacks(code: str, autres: dict[str, Any], champs: list[str]) -> None:
    assert decision(code, **autres) == champs


def test_publics_say_no_more_than_the_reader_may_know() -> None:
    tous = PUBLICS.lire(["HANDICAP", "DALO", "CIA"])
    assert [p.code for p in publics_lisibles(tous, peut=lambda c: c is not ClassePublic.SANTE)] == [
        "DALO",
        "CIA",
    ]


ENTIERE = AttributionSaisie(
    jour=LE - timedelta(days=10),
    bail_signe=True,
    bail_signe_le=LE,
    deja_loge="NON",
    accord="AUCUN",
    reservataire="PPRIOR",
    rpls="A1B2C3D4E5",
)
LOGEMENT = {
    "rpls": "",
    "commune": "99001",
    "type_logement": "T3",
    "surface": Decimal(64),
    "loyer": Decimal("412.50"),
}


def test_an_address_is_kept_folded_without_what_is_empty() -> None:
    lue, anomalies = lire_adresse(
        {"numero": " 1 ", "etage": " ", "code_postal": "1000", "voie": "rue\tdu  Lac"}
    )
    assert (lue, anomalies) == ({"numero": "1", "code_postal": "01000", "voie": "rue du Lac"}, ())


@pytest.mark.parametrize(
    ("autres", "champs"),
    [
        ({}, []),
        ({"bail_signe": None}, ["bail_signe"]),
        ({"bail_signe": False, "bail_signe_le": None}, []),
        ({"bail_signe": False}, ["bail_signe_le"]),
        ({"bail_signe_le": None}, ["bail_signe_le"]),
        ({"bail_signe_le": DEMAIN}, ["bail_signe_le"]),
        ({"bail_signe_le": LE - timedelta(days=11)}, ["bail_signe_le"]),
        ({"deja_loge": ""}, ["deja_loge"]),
        ({"accord": ""}, ["accord"]),
        ({"reservataire": ""}, ["reservataire"]),
        ({"convention_etat": "AGENTS"}, []),
        ({"convention_etat": "AILLEURS"}, ["convention_etat"]),
        ({"convention_etat": "AGENTS", "reservataire": "COLTER"}, ["convention_etat"]),
        ({"publics": ("AILLEURS",)}, ["publics"]),
        ({"rpls": "12"}, ["rpls"]),
        (LOGEMENT, []),
        ({"rpls": ""}, ["commune", "type_logement", "surface", "loyer"]),
        (LOGEMENT | {"commune": "00000"}, ["commune"]),
        (LOGEMENT | {"surface": Decimal(0)}, ["surface"]),
        (LOGEMENT | {"loyer": Decimal(-1)}, ["loyer"]),
        (LOGEMENT | {"rpls": "A1B2C3D4E5"}, []),
        (LOGEMENT | {"rpls": "A1B2C3D4E5", "commune": "00000"}, ["commune"]),
        (
            {"type_logement": "T33", "surface": Decimal(1001), "loyer": Decimal(10_001)},
            ["type_logement", "surface", "loyer"],
        ),
        ({"quartier_prioritaire": "ZUSNSP"}, []),
        ({"quartier_prioritaire": "OUI"}, ["quartier_prioritaire"]),
        ({"adresse": dict.fromkeys(ADRESSE, "1")}, []),
        ({"adresse": {"porte": "2"}}, ["adresse.porte"]),
        ({"adresse": {"voie": "x" * 101, "code_postal": "7501A"}}, ["adresse.voie", "adresse.code_postal"]),
        ({"adresse": {"voie": "\x07"}}, ["adresse.voie"]),
    ],
)
def test_what_an_allocation_lacks(autres: dict[str, Any], champs: list[str]) -> None:
    anomalies = controler_attribution(
        replace(ENTIERE, **autres),
        code_valide=NOMENCLATURES.valide,
        commune_connue=lambda code: code == "99001",
        publics=PUBLICS.codes,
        aujourd_hui=LE,
    )
    assert [a.chemin for a in anomalies] == champs
