"""One digest a day at most, to who did not come, of what is new, by the rights of when it leaves; nothing else."""

from datetime import datetime, timedelta

import pytest
import time_machine

from sne.collaboratif.annonces.actions import annoncer, dire_lue, relayer
from sne.collaboratif.echanges import actions as echanges
from sne.collaboratif.echanges.rules import GenreSujet, Niveau
from sne.collaboratif.espaces.actions import fermer_espace
from sne.collaboratif.fermeture.actions import effacer_les_fermes, livrer, service_des_espaces
from sne.collaboratif.fermeture.tasks import nuit
from sne.collaboratif.messages import MessageCollaboratif
from sne.collaboratif.questionnaires import actions as questionnaires
from sne.collaboratif.resume import tasks
from sne.collaboratif.resume.actions import ecrire_les_annonces, ecrire_les_resumes
from sne.collaboratif.resume.rules import Nouveautes, dire
from sne.habilitations.models import Compte, Habilitation
from sne.notifications.models import MessageAgent
from sne.notifications.rendu import rediger
from sne.notifications.rules import Canal
from sne.notifications.selectors import lire_chiffre
from sne.recherche.models import EntreeIndex
from sne.socle.acte import Acte
from sne.socle.horloge import PARIS, maintenant
from tests.collaboratif.test_annonces import nouvelle
from tests.collaboratif.test_questionnaires import AGENTS, nouveau
from tests.habilitations import factories as comptes

T, GT = "territoire-099", "gestionnaires-territoriaux"
LUNDI = datetime(2026, 11, 30, 7, 30, tzinfo=PARIS)


@pytest.fixture(autouse=True)
def a_lundi():
    with time_machine.travel(LUNDI, tick=False):
        yield


@pytest.fixture
def absents(gens):
    """Nobody came for two days."""

    def faire(*qui: str) -> None:
        for q in qui:
            Compte.objects.filter(id=gens.compte(q).id).update(derniere_utilisation=LUNDI - timedelta(days=2))

    return faire


def question(gens, livres, *, il_y_a: int = 1, espace: str = T):
    return echanges.ouvrir_sujet(
        livres[espace].id,
        GenreSujet.QUESTION,
        titre="Attestation perdue ?",
        corps="Que faire ?",
        acte=gens.acte("responsable", LUNDI - timedelta(days=il_y_a)),
    )


def resumes(le: datetime = LUNDI) -> list[tuple]:
    ecrire_les_resumes(acte=service_des_espaces(le))
    return sorted(MessageAgent.objects.filter(genre="RESUME_ESPACES").values_list("compte", flat=True))


def test_an_answer_is_told_once_and_says_nothing_of_it(gens, livres, absents) -> None:
    sujet = question(gens, livres)
    echanges.repondre(sujet.id, corps="Le mot pamplemousse", acte=gens.acte("gt", LUNDI - timedelta(hours=3)))
    absents("responsable", "gt", "agent")
    assert resumes() == [gens.compte("responsable").id]
    assert resumes() == resumes(LUNDI + timedelta(hours=5)) == [gens.compte("responsable").id]
    message = MessageAgent.objects.get(genre="RESUME_ESPACES")
    redige = rediger(
        MessageCollaboratif.RESUME_ESPACES,
        Canal.COURRIEL,
        lire_chiffre(message, "contexte"),
        demonstration=False,
    )
    assert "1\u00a0sujet où vous avez écrit a une réponse" in redige.texte
    for tu in ("pamplemousse", "Attestation", livres[T].nom):
        assert tu not in redige.texte + redige.html + redige.objet
    assert "/espaces/recevoir/" in redige.texte
    assert "manquez" not in redige.texte
    assert len(resumes(LUNDI + timedelta(days=1))) == 1


def test_who_comes_or_wants_nothing_receives_nothing(gens, livres, absents) -> None:
    sujet = question(gens, livres)
    echanges.repondre(sujet.id, corps="Voici", acte=gens.acte("gt", LUNDI - timedelta(hours=3)))
    Compte.objects.filter(id=gens.compte("responsable").id).update(
        derniere_utilisation=LUNDI - timedelta(hours=2)
    )
    assert resumes() == []
    absents("responsable")
    echanges.regler_veille(Niveau.RIEN, espace_id=None, acte=gens.acte("responsable"))
    assert resumes() == []
    echanges.regler_veille(Niveau.RESUME, espace_id=None, acte=gens.acte("responsable"))
    echanges.noter_lu(sujet, acte=gens.acte("responsable", LUNDI - timedelta(hours=1)))
    assert resumes() == []


def test_rights_are_read_again_when_it_leaves(gens, livres, absents) -> None:
    sujet = question(gens, livres)
    reponse = echanges.repondre(sujet.id, corps="Voici", acte=gens.acte("gt", LUNDI - timedelta(hours=3)))
    absents("responsable", "agent")
    for qui in ("responsable", "agent"):
        echanges.regler_veille(Niveau.TOUT, espace_id=livres[T].id, acte=gens.acte(qui))
    echanges.retirer_contribution(reponse.id, motif="Erreur", acte=gens.acte("gt"))
    echanges.retirer_contribution(
        sujet.contributions.get(ouvre=True).id, motif="Erreur", acte=gens.acte("gt")
    )
    assert resumes() == []
    autre = question(gens, livres)
    echanges.repondre(autre.id, corps="Voici", acte=gens.acte("gt", LUNDI - timedelta(hours=3)))
    Habilitation.objects.filter(compte=gens.compte("responsable")).update(fin=LUNDI.date())
    comptes.dire_les_retraits(gens.compte("responsable"))
    assert resumes() == [gens.compte("agent").id]


def test_a_question_that_waits_is_told_once_to_who_runs_the_space(gens, livres, absents) -> None:
    sujet = question(gens, livres, il_y_a=6)
    absents("gt", "responsable")
    assert resumes() == []
    assert resumes(LUNDI + timedelta(days=1)) == [gens.compte("gt").id]
    sujet.refresh_from_db()
    assert sujet.relance_le is not None
    assert len(resumes(LUNDI + timedelta(days=2))) == 1


def test_what_was_decided_is_told_once_to_who_answered(gens, livres, absents) -> None:
    questionnaires.ouvrir_questionnaire(nouveau(), acte=gens.acte("pole"))
    questionnaires.repondre("essai", {"a": "OUI", "c": ["X"]}, acte=gens.acte("agent"))
    questionnaires.clore("essai", suites="Un guide", acte=gens.acte("pole"))
    gens.compte("agent2")
    absents("agent", "agent2")
    assert resumes() == [gens.compte("agent").id]
    assert len(resumes(LUNDI + timedelta(days=1))) == 1


def test_an_announcement_with_a_day_is_told_then_reminded_once(gens, livres) -> None:
    gens.compte("gt2")
    annonce = annoncer(
        nouvelle(du=LUNDI, au=LUNDI + timedelta(days=20), lire_avant=(LUNDI + timedelta(days=8)).date()),
        acte=gens.acte("pole"),
    )
    annoncer(nouvelle(du=LUNDI), acte=gens.acte("pole"))

    def ecrits(jours: int) -> int:
        ecrire_les_annonces(acte=service_des_espaces(LUNDI + timedelta(days=jours)))
        return MessageAgent.objects.filter(genre__startswith="ANNONCE").count()

    gens.compte("gt")
    assert ecrits(0) == ecrits(1) == 2
    gens.compte("agent")
    relayer(annonce.id, phrase="Lisez.", acte=gens.acte("gt"))
    assert ecrits(1) == 3
    dire_lue(annonce.id, acte=gens.acte("gt"))
    assert ecrits(5) == 3
    assert ecrits(7) == ecrits(8) == 5
    assert ecrits(40) == 5


def test_the_task_of_the_hour(gens, livres, absents) -> None:
    sujet = question(gens, livres)
    echanges.repondre(sujet.id, corps="Voici", acte=gens.acte("gt", LUNDI - timedelta(hours=3)))
    absents("responsable")
    questionnaires.ouvrir_questionnaire(nouveau(cibles=[AGENTS]), acte=gens.acte("pole"))
    questionnaires.repondre("essai", {"a": "OUI", "c": ["X"]}, acte=gens.acte("agent"))
    for quand, combien in ((LUNDI - timedelta(days=1), 0), (LUNDI + timedelta(hours=1), 0), (LUNDI, 1)):
        with time_machine.travel(quand, tick=False):
            tasks.heure(0)
        assert MessageAgent.objects.count() == combien


def test_how_it_is_said() -> None:
    assert not Nouveautes()
    assert dire(Nouveautes(reponses=2, sujets=1, suites=1)) == [
        "2\u00a0sujets où vous avez écrit ont une réponse",
        "1\u00a0sujet nouveau ou repris dans un espace suivi",
        "1\u00a0questionnaire auquel vous avez répondu est clos",
    ]


def test_spaces_of_the_product_and_closed_ones(gens, livres) -> None:
    sujet = question(gens, livres)
    reponse = echanges.repondre(sujet.id, corps="Voici", acte=gens.acte("gt"))
    echanges.retirer_contribution(reponse.id, motif="Erreur", acte=gens.acte("gt"))
    fermer_espace(livres[T].id, acte=gens.acte("gt"))
    nuit(0)
    assert livrer(acte=service_des_espaces(maintenant())) == 0
    sujet.refresh_from_db()
    assert sujet.titre
    tard = Acte(service_des_espaces(LUNDI).acteur, LUNDI + timedelta(days=800))
    assert effacer_les_fermes(acte=tard) == 1
    assert effacer_les_fermes(acte=tard) == 0
    sujet.refresh_from_db()
    assert sujet.titre == ""
    assert not any(c.corps + c.html + c.brut for c in sujet.contributions.all())
    assert not EntreeIndex.objects.filter(cible=sujet.id).exists()
    assert gens.client("gt").get(f"/espaces/espace/{T}/").status_code == 404
