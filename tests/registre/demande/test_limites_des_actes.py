"""Edges of the acts that no screen reaches: a blank number, no birth date, a perimeter of the whole country."""

from dataclasses import replace

import pytest
from django.db.models import Q

from sne.habilitations.rules import Permission, Role
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.demande.actions.lignes import construire_identite
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import SecretNir
from sne.registre.depot.policies import scope_des_anteriorites
from sne.registre.doublons import policies
from sne.registre.identite.policies import scope_des_relectures
from sne.registre.separation.policies import scope_des_separations
from sne.socle.acte import Acte
from sne.socle.acteur import Mandat, Perimetre
from sne.socle.identifiants import uuid7
from tests.registre import factories as f


@pytest.mark.django_db
def test_a_number_left_blank_is_no_number() -> None:
    recepisse = f.deposer(nirs={"demandeur": "   "})
    assert not SecretNir.objects.filter(personne__demande=recepisse.demande_id).exists()


def test_an_identity_that_was_not_controlled_is_not_written() -> None:
    with pytest.raises(ValueError, match="was not controlled"):
        construire_identite(
            Identite(nom_naissance="Leca"),
            personne_id=uuid7(),
            demande=Demande(),
            acte=Acte(f.creer_acteur(), f.MAINTENANT),
        )


def test_cases_are_seen_where_one_decides_and_everywhere_for_a_national_mandate() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert policies.scope_des_cas(gt) == Q(territoire__in=["099"])
    assert policies.scope_des_cas(f.creer_acteur()) == Q(territoire__in=[])
    national = Mandat("ESSAI", frozenset({str(Permission.DOUBLON_DECIDER)}), Perimetre())
    assert policies.scope_des_cas(replace(gt, mandats=(national,))) == Q()


def test_separations_are_seen_where_one_decides_and_everywhere_for_a_national_mandate() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert scope_des_separations(gt) == Q(territoire__in=["099"])
    assert scope_des_separations(f.creer_acteur()) == Q(territoire__in=[])
    national = Mandat("ESSAI", frozenset({str(Permission.SEPARATION_DECIDER)}), Perimetre())
    assert scope_des_separations(replace(gt, mandats=(national,))) == Q()


def test_a_national_right_decides_earlier_dates_everywhere() -> None:
    gt = f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
    assert scope_des_anteriorites(gt) == Q(territoire__in=["099"])
    assert scope_des_anteriorites(f.creer_acteur()) == Q(territoire__in=[])
    national = Mandat("ESSAI", frozenset({str(Permission.ANTERIORITE_DECIDER)}), Perimetre())
    assert scope_des_anteriorites(replace(gt, mandats=(national,))) == Q()
    relecteur = Mandat(Role.GESTIONNAIRE_TERRITORIAL, frozenset({Permission.ETAT_CIVIL_RELIRE}), Perimetre())
    assert scope_des_relectures(replace(gt, mandats=(relecteur,))) == Q()
    assert scope_des_relectures(gt) == Q(territoire__in=["099"])
