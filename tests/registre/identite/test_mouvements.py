"""What counters did in a month, read from the register whole: handled demandes, changes of identity, and whose."""

import uuid
from datetime import date, timedelta

import pytest

from sne.habilitations.rules import Role
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.rules.mouvements import ClasseNom, Mouvement, Sort
from sne.registre.identite.selectors.mouvements import compter_traitees, list_mouvements
from tests.registre import factories as f
from tests.registre.controle.test_controle import contacts
from tests.registre.depot.test_deposer import CONJOINT
from tests.registre.identite.changements_identite import modifier
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db
VIEUX = f.MAINTENANT - timedelta(days=300)
NOVEMBRE = date(2026, 11, 1)


def mouvements(mois: date = NOVEMBRE, *, territoire: str = "099", anciennete: int = 24) -> list[Mouvement]:
    lus = list_mouvements([territoire], mois=mois, anciennete_mois=anciennete, piece_jours=30)
    return sorted(lus, key=lambda m: str(m.nom))


def deposer() -> uuid.UUID:
    return f.deposer(le=VIEUX, doublons_ecartes="Une autre personne.").demande_id


def test_handled_demandes_are_counted_once_each_by_counter() -> None:
    agent, voisin = f.creer_acteur(), f.creer_acteur(guichet="G0994")
    ancienne = deposer()
    f.deposer(acteur=agent, doublons_ecartes="Une autre personne.")
    modifier(ancienne, agent, traits={"nom_usage": "Morel"})
    modifier(ancienne, agent, traits={"nom_usage": "Moreau"})
    modifier(ancienne, voisin, traits={"nom_usage": "Morel"})
    assert compter_traitees(["099"], mois=NOVEMBRE) == {("099", "G0993"): 2, ("099", "G0994"): 1}
    assert compter_traitees(["099"], mois=date(2026, 1, 1)) == {("099", "G0993"): 1}
    assert compter_traitees(["038"], mois=NOVEMBRE) == {}


def test_a_territorial_manager_handles_for_no_counter() -> None:
    modifier(deposer(), f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), contenu=contacts())
    assert compter_traitees(["099"], mois=NOVEMBRE) == {}
    assert mouvements() == []


def test_each_change_says_its_class_its_traits_and_its_fate() -> None:
    agent = f.creer_acteur()
    modifier(deposer(), agent, traits={"nom_naissance": "DUBREUIL"})
    modifier(deposer(), agent, traits={"nom_naissance": "Dubreuill"})
    modifier(deposer(), agent, traits={"nom_naissance": "Zimmer", "prenoms": "Karim"})
    modifier(deposer(), agent, traits={"date_naissance": date(1987, 3, 15)})
    lus = mouvements()
    assert [(m.nom, m.prenoms, m.naissance, m.sort) for m in lus] == [
        (ClasseNom.COSMETIQUE, False, False, Sort.APPLIQUE),
        (ClasseNom.MAJEURE, True, False, Sort.EN_ATTENTE),
        (ClasseNom.MINEURE, False, False, Sort.APPLIQUE),
        (None, False, True, Sort.EN_ATTENTE),
    ]
    assert {(m.territoire, m.guichet, m.personne, m.nir) for m in lus} == {("099", "G0993", agent.id, False)}
    assert mouvements(territoire="038") == []


def test_what_was_in_force_is_what_a_change_starts_from() -> None:
    agent, demande = f.creer_acteur(), deposer()
    modifier(demande, agent, traits={"nom_naissance": "Zimmer"}, le=f.MAINTENANT - timedelta(days=2))
    f.decider(Identite.objects.get(voie="CONTROLE"), le=f.MAINTENANT - timedelta(days=1, hours=22))
    modifier(demande, agent, traits={"nom_naissance": "ZIMMER"})
    majeure = next(m for m in mouvements() if m.nom is ClasseNom.MAJEURE)
    assert (majeure.sort, majeure.delai_minutes) == (Sort.VALIDE, 120)
    assert [m.nom for m in mouvements()] == [ClasseNom.COSMETIQUE, ClasseNom.MAJEURE]


def test_a_refused_change_has_no_validation_time() -> None:
    modifier(deposer(), f.creer_acteur(), traits={"nom_naissance": "Zimmer"})
    f.decider(Identite.objects.get(voie="CONTROLE"), issue="REFUSEE")
    assert [(m.sort, m.delai_minutes) for m in mouvements()] == [(Sort.REFUSE, None)]


def test_the_seniority_is_that_of_the_day_of_the_change() -> None:
    modifier(deposer(), f.creer_acteur(), traits={"nom_naissance": "Zimmer"})
    assert not mouvements(anciennete=24)[0].ancienne
    assert mouvements(anciennete=9)[0].ancienne


def test_a_document_counts_from_before_until_the_decision() -> None:
    agent = f.creer_acteur()
    avec, sans, tard = deposer(), deposer(), deposer()
    joindre(avec, le=f.MAINTENANT - timedelta(days=29))
    joindre(sans, le=f.MAINTENANT - timedelta(days=31))
    for demande in (avec, sans, tard):
        modifier(demande, agent, traits={"nom_naissance": "Dubreuill"})
    joindre(tard, le=f.MAINTENANT + timedelta(days=31))
    assert sorted(m.sans_piece for m in mouvements()) == [False, True, True]


def test_a_departure_is_no_change_of_name() -> None:
    couple = f.contenu(cotitulaires=[CONJOINT])
    agent = f.creer_acteur()
    demande = f.deposer(couple, acteur=agent, le=VIEUX).demande_id
    modifier(demande, agent, contenu=lambda voulu: voulu.model_copy(update={"cotitulaires": ()}))
    assert [(m.nom, m.prenoms, m.sort) for m in mouvements()] == [(None, False, Sort.EN_ATTENTE)]
