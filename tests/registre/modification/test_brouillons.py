"""Drafts: their author's alone, encrypted, dropped when nobody comes back."""

from datetime import timedelta

import pytest

from sne.habilitations.rules import Role
from sne.registre.modification.actions.brouillons import (
    abandonner_brouillon,
    enregistrer_brouillon,
    ouvrir_brouillon,
    purger_brouillons,
)
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import get_brouillon
from sne.registre.modification.tasks import purger
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable, NonHabilite
from sne.socle.horloge import maintenant
from sne.socle.identifiants import uuid7
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
SAISIE = {"personne": {"nom_naissance": ["Dubreuil"], "nir": ["2870399000001"]}}


def ouvrir(agent: Acteur, *, jours: int = 0):
    return ouvrir_brouillon(SAISIE, acte=Acte(agent, f.MAINTENANT - timedelta(days=jours)), territoire="099")


def test_what_was_typed_comes_back_and_is_unreadable_in_the_table(agent: Acteur) -> None:
    cle = ouvrir(agent)
    assert get_brouillon(cle, agent).donnees == SAISIE
    assert b"2870399000001" not in bytes(Brouillon.objects.get(id=cle).donnees)
    enregistrer_brouillon(cle, {"foyer": {}}, acte=Acte(agent, f.MAINTENANT + timedelta(hours=1)))
    assert get_brouillon(cle, agent).donnees == {"foyer": {}}


def test_nobody_else_sees_or_touches_it(agent: Acteur) -> None:
    cle, autre = ouvrir(agent), f.creer_acteur()
    with pytest.raises(Introuvable):
        get_brouillon(cle, autre)
    with pytest.raises(Introuvable, match="n’existe plus"):
        enregistrer_brouillon(cle, {}, acte=Acte(autre, f.MAINTENANT))
    with pytest.raises(Introuvable):
        abandonner_brouillon(cle, acteur=autre)
    assert get_brouillon(cle, agent).donnees == SAISIE


def test_a_dropped_draft_is_gone(agent: Acteur) -> None:
    cle = ouvrir(agent)
    abandonner_brouillon(cle, acteur=agent)
    with pytest.raises(Introuvable):
        abandonner_brouillon(cle, acteur=agent)
    with pytest.raises(Introuvable):
        enregistrer_brouillon(uuid7(), {}, acte=Acte(agent, f.MAINTENANT))


def test_a_role_that_registers_nowhere_opens_none() -> None:
    with pytest.raises(NonHabilite):
        ouvrir(f.creer_acteur(Role.SUPPORT_N1))


def test_idle_drafts_are_dropped_at_the_dated_limit_and_no_other(agent: Acteur) -> None:
    vieux, limite = ouvrir(agent, jours=91), ouvrir(agent, jours=90)
    assert purger_brouillons(survenu_le=f.MAINTENANT) == 1
    assert set(Brouillon.objects.values_list("id", flat=True)) == {limite}
    assert vieux != limite


def test_the_night_drops_what_was_left(agent: Acteur) -> None:
    quitte = maintenant() - timedelta(days=120)
    ouvrir_brouillon(SAISIE, acte=Acte(agent, quitte), territoire="099")
    assert purger(timestamp=0) == 1
    assert purger(timestamp=0) == 0
