"""Who follows which counters."""

import pytest

from sne.habilitations.rules import Role
from sne.referentiels.selectors import get_guichet, list_guichets
from sne.suivi import policies
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


def organisme(code: str) -> str:
    fiche = get_guichet("099", code, le=f.AUJOURD_HUI)
    assert fiche is not None
    return fiche.organisme


@pytest.mark.decision("D-2024-05")
def test_a_territorial_manager_follows_every_counter() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert policies.guichets_suivis(gt, le=f.AUJOURD_HUI) is None
    assert policies.can_exporter(gt, territoire="099")
    assert not policies.can_exporter(gt, territoire="038")


def test_a_guichet_manager_follows_those_of_their_body() -> None:
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0991", organisme=organisme("G0991"))
    attendus = {g.code for g in list_guichets("099", le=f.AUJOURD_HUI) if g.organisme == organisme("G0991")}
    suivis = policies.guichets_suivis(responsable, le=f.AUJOURD_HUI)
    assert suivis is not None
    assert set(suivis) == attendus
    assert "G0991" in attendus
    assert "G0993" not in attendus


@pytest.mark.parametrize("role", [Role.AGENT_GUICHET, Role.DPO, Role.SUPPORT_N1, Role.EXPLOITATION_NATIONALE])
def test_nobody_else_follows_any(role: Role) -> None:
    acteur = f.creer_acteur(role)
    assert policies.guichets_suivis(acteur, le=f.AUJOURD_HUI) == ()
    assert not policies.can_exporter(acteur, territoire="099")


def test_a_manager_without_a_known_body_follows_none() -> None:
    assert policies.guichets_suivis(f.creer_acteur(Role.RESPONSABLE_GUICHET), le=f.AUJOURD_HUI) == ()
