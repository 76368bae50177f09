"""Drafts: their author's alone, encrypted, dropped when nobody comes back."""

import contextlib
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.carences import Lieu
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.brouillons import (
    PASSE_AU_PLUS,
    abandonner_brouillon,
    enregistrer_brouillon,
    ouvrir_brouillon,
    purger_brouillons,
)
from sne.registre.modification.models import Brouillon
from sne.registre.modification.selectors.brouillons import (
    brouillons_des_lieux,
    get_brouillon,
    list_brouillons,
    relire_brouillon,
)
from sne.registre.modification.tasks import purger
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre
from sne.socle.erreurs import ConflitDeRevision, Interdit, Introuvable, NonHabilite
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
    enregistrer_brouillon(cle, {"foyer": {}}, acte=Acte(agent, f.MAINTENANT + timedelta(hours=1)), lu=1)
    assert get_brouillon(cle, agent).donnees == {"foyer": {}}


def test_nobody_else_sees_or_touches_it(agent: Acteur) -> None:
    cle, autre = ouvrir(agent), f.creer_acteur()
    with pytest.raises(Introuvable):
        get_brouillon(cle, autre)
    with pytest.raises(Introuvable, match="n’existe plus"):
        enregistrer_brouillon(cle, {}, acte=Acte(autre, f.MAINTENANT), lu=1)
    with pytest.raises(Introuvable):
        abandonner_brouillon(cle, acteur=autre)
    assert get_brouillon(cle, agent).donnees == SAISIE


def enregistrer(cle: uuid.UUID, agent: Acteur, donnees: dict[str, Any], *, lu: int) -> None:
    enregistrer_brouillon(cle, donnees, acte=Acte(agent, f.MAINTENANT), lu=lu)


@pytest.mark.parametrize("lu", [0, 1, 3])
def test_a_save_made_from_another_number_writes_nothing(agent: Acteur, lu: int) -> None:
    cle = ouvrir(agent)
    enregistrer(cle, agent, {"foyer": {"a": ["1"]}}, lu=1)
    with pytest.raises(ConflitDeRevision, match="enregistré ailleurs"):
        enregistrer(cle, agent, {"foyer": {"a": ["2"]}}, lu=lu)
    ouvert = get_brouillon(cle, agent)
    assert (ouvert.numero, ouvert.donnees) == (2, {"foyer": {"a": ["1"]}})


def test_what_each_save_replaced_is_known_and_unreadable_in_the_table(agent: Acteur) -> None:
    cle = ouvrir(agent)
    etats = [
        SAISIE,
        {"personne": {"nom_naissance": ["Morel"]}, "foyer": {"a": ["1"]}},
        {"foyer": {"a": ["1"]}},
    ]
    for lu, donnees in enumerate(etats[1:], start=1):
        enregistrer(cle, agent, donnees, lu=lu)
    ouvert = get_brouillon(cle, agent)
    assert [ouvert.donnees_au(numero) for numero in (1, 2, 3)] == etats
    assert [ouvert.donnees_au(numero) for numero in (0, 4)] == [None, None]
    assert b"2870399000001" not in bytes(Brouillon.objects.get(id=cle).donnees)


def test_a_number_too_old_is_unknown(agent: Acteur) -> None:
    cle = ouvrir(agent)
    for lu in range(1, PASSE_AU_PLUS + 2):
        enregistrer(cle, agent, {"foyer": {"a": [str(lu)]}}, lu=lu)
    ouvert = get_brouillon(cle, agent)
    assert ouvert.donnees_au(1) is None
    assert ouvert.donnees_au(2) == {"foyer": {"a": ["1"]}}


def test_it_is_read_again_by_its_author_alone(agent: Acteur) -> None:
    cle = ouvrir(agent)
    lu = get_brouillon(cle, agent)
    enregistrer(cle, agent, {}, lu=1)
    assert relire_brouillon(lu, agent).numero == 2
    with pytest.raises(Introuvable):
        relire_brouillon(lu, f.creer_acteur())
    with pytest.raises(Introuvable):
        relire_brouillon(replace(lu, demande_id=uuid7()), agent)


@pytest.mark.parametrize(("lu", "refusee"), [(None, False), (2, False), (1, True)])
def test_a_deposit_holds_the_draft_as_it_was_read(agent: Acteur, lu: int | None, refusee: bool) -> None:
    cle = ouvrir(agent)
    enregistrer(cle, agent, {}, lu=1)
    attendu = pytest.raises(ConflitDeRevision) if refusee else contextlib.nullcontext()
    with attendu:
        f.deposer(acteur=agent, id=cle, lu=lu)
    assert Demande.objects.filter(id=cle).exists() is not refusee
    assert Brouillon.objects.filter(id=cle).exists() is refusee


def test_a_draft_handed_in_twice_gives_one_number(agent: Acteur) -> None:
    cle = ouvrir(agent)
    assert f.deposer(acteur=agent, id=cle, lu=1).nud == f.deposer(acteur=agent, id=cle, lu=1).nud


def au_menage(
    demande: uuid.UUID, *, permission: Permission = Permission.DEMANDE_DEPOSER, **autres: Any
) -> Acteur:
    """A household that may register this demande as its own, and stands in no counter."""
    mandat = Mandat("DEMANDEUR", frozenset({str(permission)}), Perimetre("099", demande=demande))
    return Acteur(uuid7(), "Jeanne Quimper", Canal.PGP, (mandat,), **{"territoire": "099"} | autres)


def ouvrir_la_sienne(menage: Acteur, demande: uuid.UUID) -> uuid.UUID:
    return ouvrir_brouillon(SAISIE, acte=Acte(menage, f.MAINTENANT), territoire="099", demande=demande)


def test_a_household_keeps_a_draft_of_its_own(agent: Acteur) -> None:
    """Under the identifier that its perimeter names: begun, taken up, filled, dropped; nobody else finds it."""
    demande = uuid7()
    menage = au_menage(demande)
    assert ouvrir_la_sienne(menage, demande) == demande
    enregistrer(demande, menage, {"foyer": {}}, lu=1)
    assert ouvrir_la_sienne(menage, demande) == demande
    assert get_brouillon(demande, menage).donnees == {"foyer": {}}
    assert [b.id for b in list_brouillons(menage)] == [demande]
    for autre in (agent, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), au_menage(demande)):
        with pytest.raises(Introuvable):
            get_brouillon(demande, autre)
        with pytest.raises(Introuvable):
            enregistrer(demande, autre, {}, lu=2)
        with pytest.raises(Introuvable):
            abandonner_brouillon(demande, acteur=autre)
        assert list_brouillons(autre) == ()
    with pytest.raises(Introuvable):
        ouvrir_la_sienne(au_menage(demande), demande)
    abandonner_brouillon(demande, acteur=menage)
    assert not Brouillon.objects.exists()


@pytest.mark.parametrize("autrement", [{"guichet": "G0993"}, {"permission": Permission.DEMANDE_RENOUVELER}])
def test_a_household_begins_nothing_else(autrement: dict[str, Any]) -> None:
    """In a counter's name, or with another right; nor another demande, nor elsewhere, nor in no demande's name."""
    demande = uuid7()
    with pytest.raises(NonHabilite, match="commencer cette demande"):
        ouvrir_la_sienne(au_menage(demande, **autrement), demande)
    menage = au_menage(demande)
    with pytest.raises(NonHabilite):
        ouvrir_la_sienne(menage, uuid7())
    with pytest.raises(NonHabilite):
        ouvrir_brouillon(SAISIE, acte=Acte(menage, f.MAINTENANT), territoire="02A", demande=demande)
    with pytest.raises(NonHabilite):
        ouvrir_brouillon(SAISIE, acte=Acte(menage, f.MAINTENANT), territoire="099")
    assert not Brouillon.objects.exists()


def test_an_agent_begins_nobody_s_own(agent: Acteur) -> None:
    with pytest.raises(NonHabilite):
        ouvrir_la_sienne(agent, uuid7())


def test_a_registered_demande_is_begun_no_more() -> None:
    demande = f.deposer().demande_id
    with pytest.raises(Interdit, match="déjà enregistrée"):
        ouvrir_la_sienne(au_menage(demande), demande)


def test_a_household_without_its_right_holds_its_draft_no_more() -> None:
    demande = uuid7()
    menage = au_menage(demande)
    ouvrir_la_sienne(menage, demande)
    with pytest.raises(Introuvable):
        enregistrer(demande, replace(menage, mandats=()), {}, lu=1)


def test_nobody_takes_over_a_draft_of_one_s_own() -> None:
    demande, lieu = uuid7(), Lieu("099", "")
    menage = au_menage(demande)
    ouvrir_la_sienne(menage, demande)
    assert not Brouillon.objects.filter(brouillons_des_lieux(menage.id, [lieu])).exists()


def test_a_dropped_draft_is_gone(agent: Acteur) -> None:
    cle = ouvrir(agent)
    abandonner_brouillon(cle, acteur=agent)
    with pytest.raises(Introuvable):
        abandonner_brouillon(cle, acteur=agent)
    with pytest.raises(Introuvable):
        enregistrer_brouillon(uuid7(), {}, acte=Acte(agent, f.MAINTENANT), lu=1)


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
