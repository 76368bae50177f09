"""A question, its answer, a report, a change taken back or run out: who, when, and what is kept."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.rules import Role
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.attente.models import Attente
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import DecisionIdentite, Identite
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.enquete.actions.enquetes import clore_enquete
from sne.registre.enquete.models.enquete import DossierEnquete, Gel
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.identite.actions.echanger import (
    annuler_identite,
    expirer_identite,
    expirer_identites,
    questionner_identite,
    repondre_identite,
    signaler_identite,
)
from sne.registre.identite.models import EchangeIdentite
from sne.registre.identite.selectors.a_decider import get_changement, list_changements
from sne.registre.identite.selectors.echanges import get_change_de, get_suivi
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.lecture.selectors.historique import get_historique
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import SYSTEME, creer_agent
from tests.habilitations.factories import acteur as acteur_de_compte
from tests.registre import factories as f
from tests.registre.enquete.enquetes import figer, lever
from tests.registre.identite.changements_identite import APRES, demander, refuser, responsable, valider

pytestmark = pytest.mark.django_db
DANS_UN_MOIS = f.MAINTENANT + timedelta(days=30)


@pytest.fixture
def ligne(agent: Acteur) -> Identite:
    return demander(agent)


def dire(
    ecrire: Callable[..., Any], ligne: Identite, acteur: Acteur, texte: str = "Quelle date ?"
) -> uuid.UUID:
    with transaction.atomic():
        cle: uuid.UUID = ecrire(ligne.id, texte=texte, acte=Acte(acteur, APRES))
        connection.check_constraints()
    return cle


def attendues(guichet: str = "G0993") -> set[str]:
    return set(Attente.objects.filter(guichet=guichet).values_list("nature", flat=True))


@pytest.mark.decision("D-2024-03")
def test_a_question_waits_in_the_list_of_its_counter_until_its_answer(
    ligne: Identite, gt: Acteur, agent: Acteur
) -> None:
    avant = attendues()
    cle = dire(questionner_identite, ligne, gt)
    assert attendues() - avant == {"QUESTION_IDENTITE"}
    assert get_change_de(cle) == ligne.id
    (bref,) = list_changements(gt, le=f.AUJOURD_HUI).lignes
    assert bref.question
    collegue = f.creer_acteur()
    suivi = get_suivi(ligne.id, collegue, le=f.AUJOURD_HUI)
    assert (suivi.question, suivi.sien, [e.texte for e in suivi.echanges]) == (True, False, ["Quelle date ?"])
    with pytest.raises(Interdit, match="attend déjà la réponse"):
        dire(questionner_identite, ligne, gt)
    dire(repondre_identite, ligne, collegue, "Le 3 mai")
    assert attendues() == avant
    assert [e.texte for e in get_changement(ligne.id, gt, le=f.AUJOURD_HUI).echanges] == [
        "Quelle date ?",
        "Le 3 mai",
    ]
    assert not list_changements(gt, le=f.AUJOURD_HUI).lignes[0].question
    with pytest.raises(Interdit, match="Aucune question"):
        dire(repondre_identite, ligne, collegue, "Encore")
    verbes = list(Entree.objects.filter(demande=ligne.demande_id).values_list("verbe", flat=True))
    assert {"QUESTIONNER_IDENTITE", "REPONDRE_IDENTITE"} <= set(verbes)


def test_a_decision_closes_the_question(ligne: Identite, gt: Acteur) -> None:
    dire(questionner_identite, ligne, gt)
    refuser(ligne, gt)
    assert "QUESTION_IDENTITE" not in attendues()
    for acte, acteur in (
        (questionner_identite, gt),
        (repondre_identite, f.creer_acteur()),
        (signaler_identite, gt),
    ):
        with pytest.raises(Interdit, match="plus rien à décider"):
            dire(acte, ligne, acteur)


@pytest.mark.parametrize("texte", ["", "  ", "x" * 301, f.nir_de(f.AUJOURD_HUI)])
def test_ill_said(ligne: Identite, gt: Acteur, texte: str) -> None:
    for acte in (questionner_identite, signaler_identite):
        with pytest.raises(Interdit) as exc:
            dire(acte, ligne, gt, texte)
        assert exc.value.champ == "precision"
    assert not EchangeIdentite.objects.exists()
    assert not DossierEnquete.objects.exists()


def test_nobody_else_answers(ligne: Identite, gt: Acteur) -> None:
    dire(questionner_identite, ligne, gt)
    for autre in (gt, f.creer_acteur(guichet="G0991"), f.creer_acteur(territoire="02A")):
        with pytest.raises(Introuvable):
            dire(repondre_identite, ligne, autre, "Oui")
        with pytest.raises(Introuvable):
            get_suivi(ligne.id, autre, le=f.AUJOURD_HUI)
    sans_droit = replace(f.creer_acteur(), mandats=f.creer_acteur(Role.SUPPORT_N1).mandats)
    with pytest.raises(NonHabilite):
        dire(repondre_identite, ligne, sans_droit, "Oui")
    with pytest.raises(Introuvable):
        repondre_identite(uuid.uuid4(), texte="x", acte=Acte(gt, APRES))


def test_nobody_questions_themselves_nor_out_of_their_perimeter(
    ligne: Identite, gt: Acteur, agent: Acteur
) -> None:
    with pytest.raises(Interdit, match="Vous avez saisi"):
        dire(questionner_identite, ligne, replace(gt, id=agent.id))
    for autre in (agent, f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, territoire="02A")):
        with pytest.raises(Introuvable):
            dire(questionner_identite, ligne, autre)


@pytest.mark.decision("D-2024-03")
def test_a_report_freezes_the_file_and_tells_the_counter_nothing(
    ligne: Identite, gt: Acteur, agent: Acteur
) -> None:
    enquete = dire(signaler_identite, ligne, gt, "Rien ne concorde")
    assert Gel.objects.get(demande=ligne.demande_id).enquete_id == enquete
    assert EchangeIdentite.objects.get().enquete_id == enquete
    assert get_suivi(ligne.id, agent, le=f.AUJOURD_HUI).echanges == ()
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).echanges[0].texte == "Rien ne concorde"
    entree = Entree.objects.get(verbe=VerbeIdentite.SIGNALER_IDENTITE)
    assert entree.demande is None
    libelles = [x.libelle for x in get_historique(ligne.demande_id, acteur=agent).lignes]
    assert not any("délégué" in libelle for libelle in libelles)
    with pytest.raises(Interdit, match="déjà transmis"):
        dire(signaler_identite, ligne, gt)


def test_the_end_of_the_enquiry_is_the_close_of_a_report(ligne: Identite, gt: Acteur, agent: Acteur) -> None:
    """Lifted or not, nothing ends the change before; then it is decided, and the thread says what was found."""
    enquete = dire(signaler_identite, ligne, gt, "Rien ne concorde")
    lever(Gel.objects.get(demande=ligne.demande_id).id, le=APRES)
    assert get_changement(ligne.id, gt, le=f.AUJOURD_HUI).en_enquete
    with pytest.raises(Interdit, match="une fois l’enquête close"):
        refuser(ligne, gt)
    with pytest.raises(Interdit, match="une fois l’enquête close"):
        valider(ligne, gt, vues=False)
    with pytest.raises(Interdit, match="en cours d’examen") as dit:
        annuler_identite(ligne.id, acte=Acte(agent, APRES))
    assert "délégué" not in dit.value.phrase
    with pytest.raises(Interdit, match="une fois l’enquête close"):
        expirer_identite(ligne.id, acte=Acte(horloge_du_registre("099"), DANS_UN_MOIS))
    juge = f.creer_acteur(Role.DPO)
    clore_enquete(
        enquete,
        issue="AUTRE_PERSONNE",
        motif="HOMONYME",
        precision="Deux actes",
        acte=Acte(juge, APRES),
    )
    lu = get_changement(ligne.id, gt, le=f.AUJOURD_HUI)
    retour = lu.echanges[0].retour
    assert retour is not None
    assert (lu.en_enquete, retour.enquete_id, retour.clos_le, retour.clos_par) == (
        False,
        enquete,
        APRES,
        juge.nom,
    )
    assert (retour.issue, retour.motif, retour.precision) == ("AUTRE_PERSONNE", "HOMONYME", "Deux actes")
    chef = responsable("G0993")
    assert all(e.retour is None for e in get_changement(ligne.id, chef, le=f.AUJOURD_HUI).echanges)
    refuser(ligne, gt)
    connection.check_constraints()
    assert DecisionIdentite.objects.get().issue == "REFUSEE"


def test_a_frozen_file_is_not_reported_again_and_a_manager_reports_none(ligne: Identite, gt: Acteur) -> None:
    with pytest.raises(NonHabilite):
        dire(signaler_identite, ligne, responsable("G0993"))
    figer(ligne.demande_id)
    with pytest.raises(DossierFige):
        dire(signaler_identite, ligne, gt)


def test_its_author_takes_it_back(ligne: Identite, agent: Acteur, gt: Acteur) -> None:
    with pytest.raises(Interdit, match="Seule la personne"):
        annuler_identite(ligne.id, acte=Acte(f.creer_acteur(), APRES))
    annuler_identite(ligne.id, acte=Acte(agent, APRES))
    connection.check_constraints()
    decision = DecisionIdentite.objects.get()
    assert (decision.issue, decision.decideur) == ("ANNULEE", agent.id)
    assert not get_fiche(Demande.objects.get(id=ligne.demande_id), agent).identite_en_attente
    assert get_suivi(ligne.id, agent, le=f.AUJOURD_HUI).issue == "ANNULEE"
    with pytest.raises(Interdit, match="plus rien à décider"):
        annuler_identite(ligne.id, acte=Acte(agent, APRES))


def test_its_author_takes_it_back_under_another_account_of_theirs() -> None:
    un, autre = creer_agent(le=f.MAINTENANT), creer_agent(le=f.MAINTENANT)
    ligne = demander(acteur_de_compte(un, le=f.MAINTENANT))
    agent = acteur_de_compte(autre, le=f.MAINTENANT)
    assert not get_suivi(ligne.id, agent, le=f.AUJOURD_HUI).sien
    with pytest.raises(Interdit, match="Seule la personne"):
        annuler_identite(ligne.id, acte=Acte(agent, APRES))
    lier_comptes(un.id, autre.id, acte=Acte(SYSTEME, f.MAINTENANT))
    assert get_suivi(ligne.id, agent, le=f.AUJOURD_HUI).sien
    annuler_identite(ligne.id, acte=Acte(agent, APRES))
    connection.check_constraints()
    assert DecisionIdentite.objects.get().issue == "ANNULEE"


def test_but_not_while_the_file_is_looked_at(ligne: Identite, agent: Acteur) -> None:
    figer(ligne.demande_id)
    with pytest.raises(DossierFige):
        annuler_identite(ligne.id, acte=Acte(agent, APRES))


def test_without_decision_it_comes_to_nothing_after_thirty_days(ligne: Identite, agent: Acteur) -> None:
    assert expirer_identites("099", survenu_le=DANS_UN_MOIS - timedelta(days=1)) == 0
    assert expirer_identites("02A", survenu_le=DANS_UN_MOIS) == 0
    assert expirer_identites("099", survenu_le=DANS_UN_MOIS) == 1
    connection.check_constraints()
    assert expirer_identites("099", survenu_le=DANS_UN_MOIS) == 0  # idempotent
    assert DecisionIdentite.objects.get().issue == "EXPIREE"
    assert (
        get_historique(ligne.demande_id, acteur=agent).lignes[0].libelle
        == "Changement d’identité arrêté, sans décision"
    )


def test_of_a_demande_struck_off_too_but_not_of_a_frozen_one(ligne: Identite, agent: Acteur) -> None:
    autre = demander(agent, depot={"contenu_": f.contenu(demandeur=f.personne("Roy"))})
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(ligne.demande_id, faits, acte=Acte(agent, f.MAINTENANT))
    figer(autre.demande_id)
    assert expirer_identites("099", survenu_le=DANS_UN_MOIS) == 1
    assert DecisionIdentite.objects.get().identite_id == ligne.id
    with pytest.raises(DossierFige):
        expirer_identite(autre.id, acte=Acte(horloge_du_registre("099"), DANS_UN_MOIS))


def test_the_clock_alone_and_not_too_soon(ligne: Identite, gt: Acteur) -> None:
    with pytest.raises(NonHabilite):
        expirer_identite(ligne.id, acte=Acte(gt, DANS_UN_MOIS))
    with pytest.raises(Interdit, match="ne s’arrête pas avant"):
        expirer_identite(ligne.id, acte=Acte(horloge_du_registre("099"), APRES))


def test_one_decided_meanwhile_is_left_alone(ligne: Identite, gt: Acteur) -> None:
    refuser(ligne, gt)
    with mock.patch("sne.registre.identite.actions.echanger.list_expirees", return_value=(ligne.id,)):
        assert expirer_identites("099", survenu_le=DANS_UN_MOIS) == 0


@pytest.mark.parametrize("acte", [questionner_identite, signaler_identite])
def test_journal_failure_leaves_nothing_behind(ligne: Identite, gt: Acteur, acte: Callable[..., Any]) -> None:
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        dire(acte, ligne, gt)
    assert not EchangeIdentite.objects.exists()
    assert not Gel.objects.exists()


def test_nor_does_that_of_an_answer_or_of_an_end(ligne: Identite, gt: Acteur, agent: Acteur) -> None:
    dire(questionner_identite, ligne, gt)
    with (
        mock.patch.object(journal, "inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        dire(repondre_identite, ligne, agent)
    assert EchangeIdentite.objects.count() == 1
    with (
        mock.patch.object(journal, "inscrire_en_lot", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        annuler_identite(ligne.id, acte=Acte(agent, APRES))
    assert not DecisionIdentite.objects.exists()


def test_the_database_knows_no_message_without_its_entry(ligne: Identite) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EchangeIdentite.objects.create(
            territoire="099", demande_id=ligne.demande_id, identite=ligne, nature="QUESTION", texte="x",
            auteur=uuid.uuid4(), ecrit_par={}, survenu_le=APRES,
        )  # fmt: skip
        connection.check_constraints()
