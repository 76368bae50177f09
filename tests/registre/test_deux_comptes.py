"""Seniority and freezes under two accounts of one person: whoever asked does not answer, whichever account they use."""

from datetime import timedelta

import pytest

from sne.habilitations.actions import lier_comptes
from sne.registre.actions.annuler import annuler_enregistrement
from sne.registre.actions.decider_anteriorite import decider_anteriorite
from sne.registre.actions.examiner_separation import examiner_separation
from sne.registre.actions.gels import decider_levee, demander_levee
from sne.registre.models import Demande, RequeteAnteriorite, Separation, TitreAnciennete
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit
from tests.habilitations.factories import SYSTEME, acteur, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.enquetes import figer
from tests.registre.separations import deposer_couple, separer

pytestmark = pytest.mark.django_db


@pytest.fixture
def comptes() -> tuple[Acteur, Acteur]:
    """A counter agent who is a territorial manager too, under another account."""
    agent, gestionnaire = creer_agent(le=f.MAINTENANT), creer_gestionnaire(le=f.MAINTENANT)
    lier_comptes(agent.id, gestionnaire.id, acteur=SYSTEME, survenu_le=f.MAINTENANT)
    return acteur(agent, le=f.MAINTENANT), acteur(gestionnaire, le=f.MAINTENANT)


def test_an_older_date(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    f.deposer(
        acteur=agent, date_reception=f.AUJOURD_HUI - timedelta(days=400), anteriorite_motif="Dossier perdu"
    )
    requete = RequeteAnteriorite.objects.get()
    with pytest.raises(Interdit, match="Vous avez demandé cette date"):
        decider_anteriorite(requete.id, issue="ACCORDEE", motif="Vu", acteur=gt, survenu_le=f.MAINTENANT)
    assert not TitreAnciennete.objects.filter(date_depot__lt=f.AUJOURD_HUI).exists()


def test_a_separation(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    separer(deposer_couple(), acteur=agent)
    with pytest.raises(Interdit, match="Vous avez enregistré cette séparation"):
        examiner_separation(
            Separation.objects.get().id, issue="VUE", motif="", acteur=gt, survenu_le=f.MAINTENANT
        )


def test_a_double(comptes: tuple[Acteur, Acteur]) -> None:
    agent, gt = comptes
    gardee, double = (f.deposer(acteur=agent, doublons_ecartes="Autre") for _ in range(2))
    with pytest.raises(Interdit, match="Une autre personne doit l’annuler"):
        annuler_enregistrement(
            double.demande_id, gardee=gardee.nud, precision="Double", acteur=gt, survenu_le=f.MAINTENANT
        )


def test_the_lifting_of_a_freeze() -> None:
    un, autre = (creer_gestionnaire(le=f.MAINTENANT) for _ in range(2))
    lier_comptes(un.id, autre.id, acteur=SYSTEME, survenu_le=f.MAINTENANT)
    demande = Demande.objects.get(id=f.deposer().demande_id)
    gel = figer(demande.id)
    levee = demander_levee(
        gel, precision="Actes lus", acteur=acteur(un, le=f.MAINTENANT), survenu_le=f.MAINTENANT
    )
    with pytest.raises(Interdit, match="Vous avez demandé cette levée"):
        decider_levee(
            levee,
            decision="ACCEPTEE",
            precision="",
            acteur=acteur(autre, le=f.MAINTENANT),
            survenu_le=f.MAINTENANT,
        )
