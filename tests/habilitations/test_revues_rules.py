"""A review of rights, without a database: what an answer needs, reminders, who reviews which role."""

from datetime import date, timedelta
from typing import Any

import pytest

from sne.habilitations.rules import ROLES, Permission, Role
from sne.habilitations.rules.revues import (
    MODELES,
    RELECTEURS,
    CodeModele,
    Reponse,
    rappel_du,
    refus_de_la_reponse,
)
from sne.habilitations.rules.usages import INDISPENSABLES, jamais_utilises, reductibles

LE = date(2026, 11, 24)
CONSERVER, RETIRER, REDUIRE = Reponse.CONSERVER, Reponse.RETIRER, Reponse.REDUIRE
PERMIS: dict[str, Any] = {
    "motif": "",
    "terminee": False,
    "hors_delai": False,
    "suspendue": False,
    "reductible": True,
}


@pytest.mark.parametrize(
    ("reponse", "change", "champ"),
    [
        (CONSERVER, {}, None),
        (CONSERVER, {"terminee": True}, "reponse"),
        (CONSERVER, {"hors_delai": True}, "reponse"),
        (CONSERVER, {"hors_delai": True, "suspendue": True}, None),
        (RETIRER, {"motif": "Parti en mai"}, None),
        (RETIRER, {}, "motif"),
        (RETIRER, {"motif": "x" * 201}, "motif"),
        (REDUIRE, {"motif": "Ne radie jamais"}, None),
        (REDUIRE, {"motif": "Ne radie jamais", "reductible": False}, "reponse"),
    ],
)
def test_what_an_answer_needs(reponse: Reponse, change: dict[str, Any], champ: str | None) -> None:
    refus = refus_de_la_reponse(reponse, **{**PERMIS, **change})
    assert (refus[0] if refus else None) == champ


@pytest.mark.parametrize(("avant", "rappel"), [(8, 0), (7, 1), (4, 1), (3, 2), (0, 2), (-1, 0)])
def test_which_reminder_is_due(avant: int, rappel: int) -> None:
    assert rappel_du(LE - timedelta(days=avant), limite=LE, jours=(7, 3)) == rappel


@pytest.mark.decision("D-2024-06")
def test_the_national_campaign_of_2024_is_a_template() -> None:
    modele = MODELES[CodeModele.NATIONALE_2024]
    assert modele.limite(date(2024, 4, 1), jours=21) == date(2024, 12, 31)
    assert MODELES[CodeModele.TRIMESTRIELLE].limite(LE, jours=21) == date(2026, 12, 15)


def test_each_role_is_reviewed_by_whoever_could_end_it() -> None:
    assert set(RELECTEURS) == set(Role)
    for role, relecteurs in RELECTEURS.items():
        assert relecteurs <= ROLES[role].retire_par
        assert role not in relecteurs or role is Role.EXPLOITATION_NATIONALE


def test_rights_never_used_are_those_that_leave_a_trace() -> None:
    assert jamais_utilises(Role.SUPPORT_N1, {"RECHERCHER"}) == (Permission.DEMANDE_LIRE,)
    assert jamais_utilises(Role.SUPPORT_N1, {"RECHERCHER", "CONSULTER"}) == ()
    jamais = jamais_utilises(Role.AGENT_GUICHET, (), retires={"DEMANDE_RADIER"})
    assert Permission.LISTE_LIRE not in jamais  # no entry says that a list was opened
    assert Permission.DEMANDE_RADIER not in jamais
    assert INDISPENSABLES <= set(jamais)
    assert set(reductibles(jamais)) == set(jamais) - INDISPENSABLES
