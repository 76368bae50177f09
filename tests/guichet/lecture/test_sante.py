"""Health data on the screens: hidden, and not to be changed, without their own rights."""

import dataclasses
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.rules import ROLES, Permission, Role
from tests.guichet.parcours import texte
from tests.registre import factories as f
from tests.registre.contenu.test_sante import AVEC_SANTE

PAGES_DE_SANTE = ("pieces", "handicap")


@pytest.fixture
def sans(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The role of an agent, given without these permissions."""

    def retirer(*permissions: Permission) -> None:
        profil = ROLES[Role.AGENT_GUICHET]
        reste = dataclasses.replace(profil, permissions=profil.permissions - set(permissions))
        monkeypatch.setitem(ROLES, Role.AGENT_GUICHET, reste)

    return retirer


def fiche(agent: Client, nud: str) -> str:
    return texte(agent.get(reverse("demande", args=[nud])))


def test_agent_with_both_rights_reads_and_changes_the_sheets(agent: Client) -> None:
    nud = f.deposer(f.contenu(**AVEC_SANTE)).nud
    page = fiche(agent, nud)
    assert "Douche de plain-pied" in page
    for code in PAGES_DE_SANTE:
        adresse = reverse("demande-modifier", args=[nud, code])
        assert f'href="{adresse}"' in page
        assert agent.get(adresse).status_code == 200


def test_agent_who_only_reads_health_is_offered_no_change_of_it(
    agent: Client, sans: Callable[..., None]
) -> None:
    nud = f.deposer(f.contenu(**AVEC_SANTE)).nud
    sans(Permission.SANTE_ECRIRE)
    page = fiche(agent, nud)
    assert "Douche de plain-pied" in page
    assert not [c for c in PAGES_DE_SANTE if reverse("demande-modifier", args=[nud, c]) in page]
    for code in PAGES_DE_SANTE:
        assert agent.get(reverse("demande-modifier", args=[nud, code])).status_code == 404


def test_agent_without_the_right_sees_nothing_of_it_anywhere(
    agent: Client, sans: Callable[..., None]
) -> None:
    nud = f.deposer(f.contenu(**AVEC_SANTE)).nud
    fiche(agent, nud)
    sans(Permission.SANTE_LIRE, Permission.SANTE_ECRIRE)
    page = fiche(agent, nud)
    for cache in (
        "Douche de plain-pied",
        "Fiches handicap",
        "Données de santé saisies",
        "Carte ou décision relative",
    ):
        assert cache not in page
    assert "Logement trop petit" in page
    assert agent.get(reverse("demande-modifier", args=[nud, "handicap"])).status_code == 404
