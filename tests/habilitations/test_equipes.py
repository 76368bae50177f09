"""Teams are who holds a role: their keys, their members, and what ends with the role the same second."""

import uuid
from datetime import timedelta

import pytest

from sne.habilitations.models import Habilitation
from sne.habilitations.rules import EQUIPES_NATIONALES, ROLES, Etendue, Role, cles_de, mandat, nom_de_l_equipe
from sne.habilitations.selectors import list_membres
from sne.socle.acteur import Acteur, Canal, Perimetre
from sne.socle.horloge import aujourd_hui
from tests.habilitations import factories as comptes


def acteur(*mandats) -> Acteur:
    return Acteur(id=uuid.UUID(int=7), nom="Dominique", canal=Canal.GUICHET, mandats=mandats)


@pytest.mark.decision("D-2024-22")
def test_keys_are_of_the_roles_of_this_instant() -> None:
    assert cles_de(None) == cles_de(acteur()) == {"*"}
    soi = Perimetre("099", demande=uuid.uuid4())
    assert cles_de(acteur(mandat(Role.AGENT_GUICHET, soi))) == {"*"}
    assert cles_de(acteur(mandat(Role.AGENT_GUICHET, Perimetre("099", "G0993")))) == {
        "*",
        "pro",
        f"compte:{uuid.UUID(int=7)}",
        "role:AGENT_GUICHET",
        "role:AGENT_GUICHET:099",
        "terr:099",
        "guichet:099:G0993",
    }
    assert cles_de(acteur(mandat(Role.DPO, Perimetre()))) == {
        "*",
        "pro",
        f"compte:{uuid.UUID(int=7)}",
        "role:DPO",
    }


def test_each_team_has_a_name() -> None:
    assert nom_de_l_equipe("role:GESTIONNAIRE_TERRITORIAL") == "Gestionnaires territoriaux"
    assert (
        nom_de_l_equipe("role:GESTIONNAIRE_TERRITORIAL:099")
        == "Gestionnaires territoriaux du territoire\u00a0099"
    )
    assert nom_de_l_equipe("guichet:099:G0993") == "Guichet\u00a0G0993"
    assert nom_de_l_equipe("terr:099") == "Territoire\u00a0099"
    assert [nom_de_l_equipe(c) for c in ("*", "pro", "compte:x")] == [
        "Tout le monde",
        "Professionnels",
        "Une personne",
    ]
    assert {nom_de_l_equipe(c) for c in EQUIPES_NATIONALES}.isdisjoint({""})
    assert len(EQUIPES_NATIONALES) == sum(p.etendue is not Etendue.GUICHET for p in ROLES.values())


@pytest.mark.django_db
def test_members_are_those_whose_keys_open_it() -> None:
    """The list and the keys say the same, and both end with the role."""
    agent, gestionnaire, parti = comptes.creer_agent(), comptes.creer_gestionnaire(), comptes.creer_agent()
    Habilitation.objects.filter(compte=parti).update(fin=aujourd_hui())
    comptes.dire_les_retraits(parti)
    membres = {
        "pro": {agent, gestionnaire},
        "terr:099": {agent, gestionnaire},
        "guichet:099:G0993": {agent},
        "role:GESTIONNAIRE_TERRITORIAL": {gestionnaire},
        "role:GESTIONNAIRE_TERRITORIAL:075": set(),
        "compte:7": set(),
        "*": set(),
    }
    for cle, attendus in membres.items():
        assert set(list_membres(cle, le=aujourd_hui())) == attendus
        for compte in (agent, gestionnaire, parti):
            ouvre = cle in cles_de(comptes.acteur(compte))
            assert ouvre == (compte in attendus or (cle == "*"))
    assert not list_membres("role:GESTIONNAIRE_TERRITORIAL", le=aujourd_hui() - timedelta(days=10))
