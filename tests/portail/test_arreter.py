"""Ending one's demande online: all are told, some days go by, any adult keeps it; then the register ends it, once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.radiation import Radiation
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.selectors.etat import assembler
from sne.registre.enquete.models.enquete import Gel
from sne.registre.enquete.rules.gel import DossierFige
from sne.registre.modification.actions.reconcilier import Saisie
from sne.registre.rattachement import tasks
from sne.registre.vie.actions.annuler import annuler_enregistrement, retablir_demande
from sne.registre.vie.actions.radier import arreter_comme_demande, radier_demande
from sne.registre.vie.actions.renouveler import renouveler_demande
from sne.registre.vie.models.arret import Arret
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from tests.portail.conftest import ELODIE, servie_par_le_portail
from tests.portail.test_code import entrer
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import KARIM, deposer
from tests.registre import factories as f
from tests.registre.avis.avis import VIOLENCES
from tests.registre.enquete.enquetes import figer, lever
from tests.registre.separation.separations import separer, seul

pytestmark = pytest.mark.django_db
EFFET = f.AUJOURD_HUI + timedelta(days=7)
AVEC_COURRIEL = KARIM | {"contact": {"courriel": "karim@exemple.fr"}}
A_TOUS = ["", "+33611223344", "elodie@exemple.fr", "karim@exemple.fr"]  # a letter has no address there
SAUF = frozenset(EtapeHorloge) - {EtapeHorloge.ARRET}


@pytest.fixture
def demande() -> Demande:
    return deposer(jours=100, cotitulaires=[AVEC_COURRIEL])


@pytest.fixture
def porte_ouverte(porte: Client, fc: Fournisseur, demande: Demande) -> Iterator[Client]:
    """Élodie, signed in by FranceConnect."""
    se_connecter(porte, fc, ELODIE)
    return porte


def arreter(porte: Client, demande: Demande) -> None:
    assert porte.post(f"/ma-demande/{demande.nud}/arreter/").status_code == 302


def passer(jours: int) -> None:
    passer_l_horloge(f.MAINTENANT + timedelta(days=jours), territoires=["099"], sauf=SAUF)
    connection.check_constraints()


def statut(demande: Demande) -> str:
    return str(Demande.objects.get(id=demande.id).statut)


def ecrits(verbe: str) -> list[tuple[str, str]]:
    """What the worker writes after acts of this kind, twice asked: kind and address of each message."""
    tache = {"DEMANDER_ARRET": tasks.annoncer_un_arret, "ANNULER_ARRET": tasks.annoncer_un_maintien}[verbe]
    for entree in [*Entree.objects.filter(verbe=verbe)] * 2:
        tache(entree_id=str(entree.id), demande_id=str(entree.demande), territoire=entree.territoire)
    messages = Message.objects.filter(genre__startswith="ARRET_").order_by("inscrit_le", "id")
    return sorted((m.genre, lu.destinataire) for m in messages if (lu := get_contenu(m.id)))


def test_it_ends_on_the_day_that_all_were_told(porte_ouverte: Client, demande: Demande) -> None:
    page = porte_ouverte.get(f"/ma-demande/{demande.nud}/arreter/").content.decode()
    assert "elle s’arrête 7 jours après" in page
    arreter(porte_ouverte, demande)
    arreter(porte_ouverte, demande)  # the button pressed twice
    assert Arret.objects.get().effet_le == EFFET
    assert Entree.objects.filter(verbe="DEMANDER_ARRET").count() == 1
    assert ecrits("DEMANDER_ARRET") == [("ARRET_DEMANDE", a_qui) for a_qui in A_TOUS]
    assert "Elle s’arrête le 1er décembre 2026" in porte_ouverte.get("/ma-demande/").content.decode()
    assert (
        "avez demandé d’arrêter"
        in porte_ouverte.get(f"/ma-demande/{demande.nud}/historique/").content.decode()
    )
    passer(6)
    assert statut(demande) == "ACTIVE"
    passer(7)
    assert statut(demande) == "RADIEE"
    radiation = Radiation.objects.get()
    assert (radiation.motif, radiation.date_radiation, radiation.date_courrier) == (
        "RADABA",
        EFFET,
        f.AUJOURD_HUI,
    )
    assert Arret.objects.get().clos_le is not None


def test_another_adult_keeps_it_by_a_code(porte_ouverte: Client, demande: Demande) -> None:
    arreter(porte_ouverte, demande)
    autre = Client()
    with time_machine.travel(f.MAINTENANT + timedelta(days=1), tick=False):
        entrer(autre, demande, "karim@exemple.fr")
        assert "Garder ma demande" in autre.get("/ma-demande/").content.decode()
        assert autre.post(f"/ma-demande/{demande.nud}/garder/").status_code == 302
        assert autre.post(f"/ma-demande/{demande.nud}/garder/").status_code == 302
    assert ecrits("ANNULER_ARRET") == [("ARRET_ANNULE", a_qui) for a_qui in A_TOUS]
    assert ecrits("DEMANDER_ARRET") == ecrits(
        "ANNULER_ARRET"
    )  # the news of the end comes too late: it is not told
    passer(7)
    assert statut(demande) == "ACTIVE"
    assert Entree.objects.filter(verbe="ANNULER_ARRET").count() == 1
    arreter(porte_ouverte, demande)  # thought again
    assert Arret.objects.filter(clos_le=None).count() == 1


def test_only_who_has_just_signed_in_by_franceconnect(porte_ouverte: Client, demande: Demande) -> None:
    adresse = f"/ma-demande/{demande.nud}/arreter/"
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=16), tick=False):
        assert "Votre connexion est trop ancienne" in porte_ouverte.get(adresse).content.decode()
        assert porte_ouverte.post(adresse).status_code == 403
    par_code = Client()
    entrer(par_code, demande)
    assert "connectez-vous avec FranceConnect" in par_code.get(adresse).content.decode()
    assert par_code.post(adresse).status_code == 403
    assert porte_ouverte.post("/ma-demande/099112600684200000/arreter/").status_code == 404
    assert not Arret.objects.exists()


def test_a_frozen_demande_does_not_end(porte_ouverte: Client, demande: Demande) -> None:
    arreter(porte_ouverte, demande)
    figer(demande.id)
    passer(7)
    assert statut(demande) == "ACTIVE"
    with pytest.raises(DossierFige):
        arreter_comme_demande(
            demande.id, acte=Acte(horloge_du_registre("099"), f.MAINTENANT + timedelta(days=7))
        )
    assert "bloqué" in porte_ouverte.get("/ma-demande/").content.decode()
    assert Gel.objects.exists()


def test_the_days_of_a_freeze_are_not_days_to_think(porte_ouverte: Client, demande: Demande) -> None:
    arreter(porte_ouverte, demande)
    lever(figer(demande.id), le=f.MAINTENANT + timedelta(days=10))
    assert "Elle s’arrête le 11 décembre 2026" in porte_ouverte.get("/ma-demande/").content.decode()
    for jours, attendu in ((11, "ACTIVE"), (16, "ACTIVE"), (17, "RADIEE")):
        passer(jours)
        assert statut(demande) == attendu


def test_whoever_stays_after_a_separation_says_it_anew(porte_ouverte: Client, demande: Demande) -> None:
    arreter(porte_ouverte, demande)
    separer(demande, seul(f.personne()), role="DEMANDEUR", accord=False)
    assert Arret.objects.get().clos_le == f.MAINTENANT
    passer(7)
    assert statut(demande) == "ACTIVE"


def test_nobody_is_told_on_the_day_of_a_secret_separation(porte_ouverte: Client, demande: Demande) -> None:
    """Whoever stays was told of the end, and may still keep the demande."""
    arreter(porte_ouverte, demande)
    separer(demande, seul(f.personne()), role="DEMANDEUR", accord=False, secrete=True)
    assert Arret.objects.get().clos_le is None
    assert not Entree.objects.filter(verbe="ANNULER_ARRET").exists()


def test_of_a_protected_demande_the_person_alone_is_written_to(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100, motifs=VIOLENCES, cotitulaires=[AVEC_COURRIEL])
    se_connecter(porte, fc, ELODIE)
    arreter(porte, demande)
    assert ecrits("DEMANDER_ARRET") == [("ARRET_DEMANDE", "")]  # by post, as whatever concerns it


def test_the_register_gives_nothing_up_by_itself(demande: Demande) -> None:
    with pytest.raises(Interdit, match="n’est arrivé à son jour"):
        arreter_comme_demande(demande.id, acte=Acte(horloge_du_registre("099"), f.MAINTENANT))


def test_a_counter_that_strikes_off_meanwhile_ends_the_wait(porte_ouverte: Client, demande: Demande) -> None:
    arreter(porte_ouverte, demande)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=f.AUJOURD_HUI, document="Classeur B")
    radier_demande(demande.id, faits, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    connection.check_constraints()
    assert Arret.objects.get().clos_le == f.MAINTENANT


def test_taken_back_as_a_double_then_put_back_it_goes_on_until_asked_again(
    porte: Client,
    fc: Fournisseur,
) -> None:
    double = deposer(jours=4)
    se_connecter(porte, fc, ELODIE)
    arreter(porte, double)
    contenu = assembler(double.version_courante)
    gardee = f.deposer(contenu, le=f.MAINTENANT - timedelta(days=9), doublons_ecartes="vu trop tard")
    gt = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT)
    annuler_enregistrement(double.id, gardee=gardee.nud, precision="Saisie deux fois", acte=gt)
    connection.check_constraints()
    assert Arret.objects.get().clos_le == f.MAINTENANT
    retablir_demande(double.id, precision="Deux foyers", acte=gt)
    passer(8)
    assert statut(double) == "ACTIVE"


def test_whoever_renews_keeps_it(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    arreter(porte, demande)
    renouveler_demande(
        demande.id,
        saisie=Saisie(assembler(demande.version_courante), demande.revision),
        acte=Acte(f.creer_acteur(), f.MAINTENANT),
        sans_changement=True,
    )
    connection.check_constraints()
    assert Arret.objects.get().clos_le == f.MAINTENANT
    assert Entree.objects.filter(verbe="ANNULER_ARRET").count() == 1


@pytest.mark.django_db(transaction=True)
def test_all_of_it_with_the_rights_of_the_portal_alone(
    porte: Client,
    fc: Fournisseur,
    demande: Demande,
) -> None:
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        arreter(porte, demande)
        assert porte.post(f"/ma-demande/{demande.nud}/garder/").status_code == 302
        assert porte.post("/mon-compte/fermer/").status_code == 303
