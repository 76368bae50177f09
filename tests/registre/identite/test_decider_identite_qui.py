"""Who decides a change of identity, and what each finds in the queue: never its author, each in their perimeter."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.controle.models import Operation
from sne.registre.demande.models.personne import DecisionIdentite, Identite
from sne.registre.identite.selectors.a_decider import (
    compter_changements,
    get_changement,
    get_lecture,
    list_changements,
)
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import SYSTEME, creer_agent, creer_gestionnaire
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre import factories as f
from tests.registre.identite.changements_identite import (
    APRES,
    decision,
    demander,
    modifier,
    organisme,
    ouvrir,
    refuser,
    responsable,
    valider,
)
from tests.registre.pieces.pieces import joindre

pytestmark = pytest.mark.django_db


def test_four_eyes(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    le_meme = replace(gt, id=agent.id)
    ouvrir(ligne, le_meme)
    for acte in (valider, refuser):
        with pytest.raises(Interdit, match="Vous avez saisi ce changement"), transaction.atomic():
            acte(ligne, le_meme)
    assert (
        list_changements(le_meme, le=f.AUJOURD_HUI).lignes,
        compter_changements(le_meme, le=f.AUJOURD_HUI),
    ) == (
        (),
        0,
    )
    assert get_changement(ligne.id, le_meme, le=f.AUJOURD_HUI).la_sienne
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        decision(ligne, decideur=agent.id).save(force_insert=True)


def test_decided_once(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    refuser(ligne, gt)
    for acte in (valider, refuser):
        with pytest.raises(Interdit, match="plus rien à décider"), transaction.atomic():
            acte(ligne, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL))


@pytest.mark.decision("D-2024-04")
def test_a_guichet_manager_decides_for_their_own_body(agent: Acteur) -> None:
    ligne = demander(agent)
    chef = responsable("G0993")
    assert [c.id for c in list_changements(chef, le=f.AUJOURD_HUI).lignes] == [ligne.id]
    valider(ligne, chef)
    assert DecisionIdentite.objects.get().decide_par["role"] == "RESPONSABLE_GUICHET"


def test_but_not_for_another_body_nor_without_one(agent: Acteur) -> None:
    ligne = demander(agent)
    autre = next(c for c in ("G0991", "G0992", "G0994") if organisme(c) != organisme("G0993"))
    sans = f.creer_acteur(Role.RESPONSABLE_GUICHET, guichet="G0993")
    for chef in (responsable(autre), sans):
        with pytest.raises(Introuvable):
            valider(ligne, chef)
        assert compter_changements(chef, le=f.AUJOURD_HUI) == 0


@pytest.mark.parametrize(
    ("role", "territoire"),
    [
        (Role.AGENT_GUICHET, "099"),
        (Role.GESTIONNAIRE_TERRITORIAL, "02A"),
        (Role.DPO, ""),
        (Role.SUPPORT_N1, ""),
        (Role.EXPLOITATION_NATIONALE, ""),
    ],
)
def test_nobody_else_sees_nor_decides(agent: Acteur, role: Role, territoire: str) -> None:
    ligne = demander(agent)
    acteur = f.creer_acteur(role, territoire=territoire)
    for acte in (lambda: valider(ligne, acteur), lambda: refuser(ligne, acteur)):
        with pytest.raises(Introuvable):
            acte()
    assert list_changements(acteur, le=f.AUJOURD_HUI).lignes == ()


def test_an_identity_that_waits_for_nobody_is_not_found(agent: Acteur, gt: Acteur) -> None:
    ligne = demander(agent)
    depot = Identite.objects.get(demande=ligne.demande_id, voie="DEPOT")
    with pytest.raises(Introuvable):
        valider(depot, gt, vues=False)


def test_the_queue_goes_on_from_a_place(agent: Acteur, gt: Acteur) -> None:
    cles = []
    for rang, nom in enumerate(("Petit", "Roy", "Zimmer")):
        recu = f.deposer(
            f.contenu(demandeur=f.personne(nom)), acteur=agent, le=f.ANCIEN, doublons_ecartes="Autre"
        )
        modifier(
            recu.demande_id,
            agent,
            le=f.MAINTENANT + timedelta(minutes=rang),
            traits={"nom_naissance": "Morel"},
        )
        cles.append(Identite.objects.get(demande=recu.demande_id, voie="CONTROLE").id)
    page = list_changements(gt, le=f.AUJOURD_HUI, au_plus=2)
    suite = list_changements(gt, le=f.AUJOURD_HUI, apres=page.suivante.rang, au_plus=2)
    assert [c.id for c in (*page.lignes, *suite.lignes)] == cles
    assert (suite.suivante, compter_changements(gt, le=f.AUJOURD_HUI)) == (None, 3)
    assert len(list_changements(gt, le=f.AUJOURD_HUI, apres=uuid.uuid4()).lignes) == 3


def test_what_a_guichet_manager_leaves_to_the_territorial_one(agent: Acteur, gt: Acteur) -> None:
    """Contacts changed just before, or a file to look at: not theirs; it is not even in their queue."""
    contact = {"contact": {"courriel": "x@exemple.fr"}}

    def joindre_autrement(voulu: Contenu) -> Contenu:
        brut = voulu.model_dump(mode="json")
        brut["demandeur"] |= contact
        return Contenu.model_validate(brut)

    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    modifier(recu.demande_id, agent, contenu=joindre_autrement, le=f.MAINTENANT - timedelta(days=3))
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Morel"})
    joindre(recu.demande_id, acteur=agent)
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    chef = responsable("G0993")
    assert get_changement(ligne.id, chef, le=f.AUJOURD_HUI).au_gt
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 0
    ouvrir(ligne, chef)
    for acte in (lambda: valider(ligne, chef, vues=False), lambda: refuser(ligne, chef)):
        with pytest.raises(NonHabilite, match="gestionnaire territorial"), transaction.atomic():
            acte()
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1
    valider(ligne, gt)


def test_nor_what_a_score_ranks_high(agent: Acteur, gt: Acteur) -> None:
    recu = f.deposer(acteur=agent, le=f.MAINTENANT - timedelta(days=360))
    modifier(recu.demande_id, agent, traits={"nom_naissance": "Zimmer", "prenoms": "Karl", "civilite": "1"})
    joindre(recu.demande_id, acteur=agent)
    ligne = Identite.objects.get(demande=recu.demande_id, voie="CONTROLE")
    chef = responsable("G0993")
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 1
    derniere = Operation.objects.latest("survenu_le", "id")
    haute = Operation(
        **{c.attname: getattr(derniere, c.attname) for c in Operation._meta.fields} | {"id": uuid.uuid4()}
    )
    haute.score, haute.survenu_le = 0.31, APRES
    haute.save(force_insert=True)
    lecture = get_lecture(recu.demande_id, le=f.AUJOURD_HUI)
    assert lecture is not None
    assert lecture.score == 0.31
    assert compter_changements(chef, le=f.AUJOURD_HUI) == 0
    with pytest.raises(NonHabilite):
        valider(ligne, chef)
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1


def test_the_same_person_under_two_accounts_counts_once() -> None:
    """Typed as an agent, decided as the territorial manager: refused by the rule and by the database."""
    agent = creer_agent(le=f.MAINTENANT)
    gestionnaire = creer_gestionnaire(le=f.MAINTENANT)
    ligne = demander(acteur_de_compte(agent, le=f.MAINTENANT))
    gt = acteur_de_compte(gestionnaire, le=f.MAINTENANT)
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 1
    lier_comptes(agent.id, gestionnaire.id, acte=Acte(SYSTEME, f.MAINTENANT))
    assert compter_changements(gt, le=f.AUJOURD_HUI) == 0
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).la_sienne
    ouvrir(ligne, gt)
    for acte in (lambda: valider(ligne, gt, vues=False), lambda: refuser(ligne, gt)):
        with pytest.raises(Interdit, match="Vous avez saisi"), transaction.atomic():
            acte()
    for champs in ({"issue": "VALIDEE"}, {"issue": "REFUSEE", "motif": "DOUBLON"}):
        with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
            decision(ligne, decideur=gt.id, personne_decideur=uuid.uuid4(), **champs).save(force_insert=True)
