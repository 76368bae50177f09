"""Acts of two persons under two accounts of one: refused by the rule and by the database, whichever account answers."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, models, transaction

from sne.habilitations.actions import lier_comptes
from sne.registre.demande.models.demande import Demande, RequeteAnteriorite
from sne.registre.demande.models.personne import Identite, TitreAnciennete
from sne.registre.demande.models.separation import Separation
from sne.registre.depot.actions.decider_anteriorite import decider_anteriorite
from sne.registre.depot.models import DecisionAnteriorite
from sne.registre.doublons.actions.cas import clore_cas
from sne.registre.doublons.models import CasDoublon
from sne.registre.enquete.actions.gels import decider_levee, demander_levee
from sne.registre.enquete.models.enquete import DossierEnquete, LeveeGel
from sne.registre.identite.models import RelectureIdentite
from sne.registre.separation.actions.examiner_separation import examiner_separation
from sne.registre.separation.models import DecisionSeparation
from sne.registre.vie.actions.annuler import annuler_enregistrement
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.habilitations.factories import SYSTEME, acteur, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.doublons.test_cas_doublon import demander
from tests.registre.enquete.enquetes import enqueter, figer
from tests.registre.separation.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db


@pytest.fixture
def comptes() -> tuple[Acteur, Acteur]:
    """A counter agent who is a territorial manager too, under another account."""
    agent, gestionnaire = creer_agent(le=f.MAINTENANT), creer_gestionnaire(le=f.MAINTENANT)
    lier_comptes(agent.id, gestionnaire.id, acte=Acte(SYSTEME, f.MAINTENANT))
    return acteur(agent, le=f.MAINTENANT), acteur(gestionnaire, le=f.MAINTENANT)


def ajouter(ligne: models.Model) -> None:
    """By SQL, as the runtime role that every test connects as: the database says who the two accounts are."""
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        ligne.save(force_insert=True)


def repondre(modele: type[models.Model], cle: uuid.UUID, **fin: object) -> None:
    with pytest.raises(IntegrityError, match="deux_personnes"), transaction.atomic():
        modele._default_manager.filter(id=cle).update(**fin)


def test_an_older_date(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    recu = f.deposer(
        acteur=agent, date_reception=f.AUJOURD_HUI - timedelta(days=400), anteriorite_motif="Dossier perdu"
    )
    requete = RequeteAnteriorite.objects.get()
    with pytest.raises(Interdit, match="Vous avez demandé cette date"):
        decider_anteriorite(requete.id, issue="ACCORDEE", motif="Vu", acte=Acte(gt, f.MAINTENANT))
    assert not TitreAnciennete.objects.filter(date_depot__lt=f.AUJOURD_HUI).exists()
    ajouter(
        DecisionAnteriorite(
            territoire="099",
            demande_id=recu.demande_id,
            revision=1,
            requete=requete,
            issue="ACCORDEE",
            motif="Vu",
            auteur=requete.auteur,
            decideur=gt.id,
            personne_decideur=uuid.uuid4(),
            decide_par={},
            survenu_le=f.MAINTENANT,
        )
    )


def test_a_separation(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    nouvelle = separer(deposer_couple(), acteur=agent)
    separation = Separation.objects.get()
    with pytest.raises(Interdit, match="Vous avez enregistré cette séparation"):
        examiner_separation(separation.id, issue="VUE", motif="", acte=Acte(gt, f.MAINTENANT))
    ajouter(
        DecisionSeparation(
            territoire="099",
            demande=nouvelle,
            revision=1,
            separation=separation,
            issue="VUE",
            auteur=agent.id,
            decideur=gt.id,
            decide_par={},
            survenu_le=f.MAINTENANT,
        )
    )


def test_a_double(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    gardee, double = (f.deposer(acteur=agent, doublons_ecartes="Autre") for _ in range(2))
    with pytest.raises(Interdit, match="Une autre personne doit l’annuler"):
        annuler_enregistrement(
            double.demande_id, gardee=gardee.nud, precision="Double", acte=Acte(gt, f.MAINTENANT)
        )


def test_a_question_of_a_counter(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    f.deposer()
    demander(agent)
    cas = CasDoublon.objects.get()
    fin = {"issue": "AUTRE_PERSONNE", "motif": "HOMONYME", "precision": "Deux actes de naissance"}
    with pytest.raises(Interdit, match="Vous avez posé cette question"):
        clore_cas(cas.id, **fin, acte=Acte(gt, f.MAINTENANT))
    repondre(CasDoublon, cas.id, **fin, clos_le=f.MAINTENANT, decide_par={}, decideur=gt.id)


def test_the_lifting_of_a_freeze() -> None:
    """Linked after the question: who the two accounts are is read when it is answered."""
    un, autre = (creer_gestionnaire(le=f.MAINTENANT) for _ in range(2))
    demande = Demande.objects.get(id=f.deposer().demande_id)
    levee = demander_levee(
        figer(demande.id),
        precision="Actes lus",
        acte=Acte(acteur(un, le=f.MAINTENANT), f.MAINTENANT),
    )
    lier_comptes(un.id, autre.id, acte=Acte(SYSTEME, f.MAINTENANT))
    with pytest.raises(Interdit, match="Vous avez demandé cette levée"):
        decider_levee(
            levee,
            decision="ACCEPTEE",
            precision="",
            acte=Acte(acteur(autre, le=f.MAINTENANT), f.MAINTENANT),
        )
    repondre(LeveeGel, levee, decision="ACCEPTEE", decideur=autre.id, decide_par={}, clos_le=f.MAINTENANT)


def test_the_end_of_an_enquiry_on_somebody_recognised(comptes: tuple[Acteur, Acteur]) -> None:
    """What a counter's registration opened is not ended by whoever registered."""
    agent, gt = comptes
    ouverte = DossierEnquete.objects.get(id=enqueter(f.deposer().demande_id))
    ouverte.id, ouverte.origine, ouverte.auteur = uuid.uuid4(), "ANCIENNE_IDENTITE", agent.id
    ouverte.decideur, ouverte.clos_le, ouverte.decide_par = gt.id, f.MAINTENANT, {}
    ouverte.issue, ouverte.motif_issue = "MEME_PERSONNE", "DEJA_ENREGISTREE"
    ajouter(ouverte)


def test_a_second_reading(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    recu = f.deposer(acteur=agent)
    ajouter(
        RelectureIdentite(
            territoire="099",
            demande_id=recu.demande_id,
            identite=Identite.objects.get(demande=recu.demande_id),
            avis="VALIDEE",
            concorde=True,
            auteur=agent.id,
            decideur=gt.id,
            decide_par={},
            survenu_le=f.MAINTENANT,
        )
    )
    connection.check_constraints()
