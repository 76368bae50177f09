"""What the file of a demande holds besides its declaration: documents, resources, the notice; read below each gate."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from sne.habilitations.rules import Role
from sne.journal.models import Entree
from sne.notifications.rules import Canal as Voie
from sne.notifications.rules import Etat
from sne.notifications.selectors import Arrivee
from sne.registre.demande.models.demande import Demande
from sne.registre.faits.rules.faits import NatureFait
from sne.registre.rattachement.actions import suivre
from sne.registre.vie.actions.prevenir import noter_echec, prevenir_demande
from sne.registre.vie.selectors.preavis import PreavisLu
from sne.registre.vie.tasks import expedier
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from sne.socle.acteur import Canal
from tests.portail.conftest import ELODIE, YVONNE, servie_par_le_portail
from tests.portail.test_connexion import se_connecter
from tests.portail.test_renouveler import deposer, texte
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.faits.faits import consigner
from tests.registre.ressources.ressources import CHIFFRES, MOIS, NAISSANCE, repondre

pytestmark = pytest.mark.django_db


def avec_ressources() -> Demande:
    """Élodie's demande, about which the source has answered."""
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    nirs = {"demandeur": f.nir_de(NAISSANCE)}
    recu = a.deposer(nee, le=f.MAINTENANT - timedelta(days=100), nirs=nirs)
    demande = Demande.objects.get(id=recu.demande_id)
    repondre(demande.id, MOIS)
    return demande


@pytest.mark.decision("D-2024-16")
def test_her_own_resources_are_read_and_the_reading_is_told(porte: Client, fc: Fournisseur) -> None:
    demande = avec_ressources()
    se_connecter(porte, fc, ELODIE)
    lue = texte(porte.get(f"/ma-demande/{demande.nud}/ressources/"))
    for dit in (
        "1\u202f448,20\u00a0€. Salaire.",
        "Un organisme a bien transmis un montant de zéro",
        "Pas encore disponible",
    ):
        assert dit in lue
    assert Entree.objects.filter(demande=demande.id, verbe="CONSULTER_RESSOURCES").count() == 1


PAGES = ("", "ressources/", "declaration/", "documents/", "attestations/")


def test_a_helper_is_told_why_and_given_no_figure(porte: Client, fc: Fournisseur) -> None:
    demande = avec_ressources()
    se_connecter(porte, fc, YVONNE)
    sans_chiffre(porte, demande)
    assert "Connectez-vous avec FranceConnect" in texte(porte.get(f"/ma-demande/{demande.nud}/ressources/"))


def test_an_hour_after_she_signed_in_no_page_holds_a_figure(porte: Client, fc: Fournisseur) -> None:
    demande = avec_ressources()
    se_connecter(porte, fc, ELODIE)
    for minutes in (25, 50, 61):  # the session goes on
        with time_machine.travel(f.MAINTENANT + timedelta(minutes=minutes), tick=False):
            porte.get("/ma-demande/")
    with time_machine.travel(f.MAINTENANT + timedelta(minutes=61), tick=False):
        sans_chiffre(porte, demande)
        assert "Connectez-vous à nouveau" in texte(porte.get(f"/ma-demande/{demande.nud}/ressources/"))


def sans_chiffre(porte: Client, demande: Demande) -> None:
    """No page of this session holds a figure, and no reading of one is told."""
    for page in PAGES:
        reponse = porte.get(f"/ma-demande/{demande.nud}/{page}" if page else "/ma-demande/")
        assert reponse.status_code == 200
        assert not [chiffre for chiffre in CHIFFRES if chiffre in texte(reponse)]
    assert not Entree.objects.filter(demande=demande.id, verbe="CONSULTER_RESSOURCES").exists()


def test_documents_say_how_each_stands(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    lue = texte(porte.get(f"/ma-demande/{demande.nud}/documents/"))
    assert "Vu dans un guichet" in lue
    assert "<strong>Pas encore reçu</strong>" in lue
    assert lue.index("Pas encore reçu") < lue.index("Vu dans un guichet")


def test_rights_are_those_of_this_very_file(porte: Client, fc: Fournisseur) -> None:
    demande = deposer(jours=100)
    se_connecter(porte, fc, ELODIE)
    page = f"/ma-demande/{demande.nud}/droits/"
    assert page in texte(porte.get("/ma-demande/"))
    vide = texte(porte.get(page))
    assert "Aucun événement n’est enregistré" in vide
    assert "Aucune décision n’est enregistrée" in vide
    for nature in NatureFait:
        consigner(nature, demande.id)
    lue = texte(porte.get(page))
    assert "Décision de la commission\u00a0:" in lue
    assert "Logement attribué" in lue
    assert "telles que le bailleur les a enregistrées" in lue
    assert lue.count('<section class="por-partie"') == 3  # of the right to housing, a counter speaks


@pytest.mark.parametrize(
    ("revenu", "dit"),
    [(False, "Nous vous avons prévenu de cette date le 24 novembre 2026"), (True, "ne vous est pas parvenu")],
)
def test_the_notice_and_what_became_of_it(porte: Client, fc: Fournisseur, revenu: bool, dit: str) -> None:
    demande = deposer()
    se_connecter(porte, fc, ELODIE)
    assert dit not in texte(porte.get("/ma-demande/"))
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, canal=Canal.SYSTEME), f.MAINTENANT)
    preavis = prevenir_demande(demande.id, acte=acte)
    assert preavis is not None
    if revenu:
        noter_echec(preavis.entree, [], acte=acte)
    assert dit in texte(porte.get("/ma-demande/"))


def test_how_far_each_sending_of_the_notice_went(
    porte: Client, fc: Fournisseur, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposer()
    se_connecter(porte, fc, ELODIE)
    prevenu = PreavisLu(f.AUJOURD_HUI, (), f.AUJOURD_HUI, possible=True, echoue=False)
    monkeypatch.setattr(suivre, "get_preavis", lambda *_: prevenu)
    arrivees = (
        Arrivee(Voie.COURRIEL, Etat.REJETE, f.MAINTENANT),
        Arrivee(Voie.SMS, Etat.ENVOYE, f.MAINTENANT),
        Arrivee(Voie.COURRIEL, Etat.DELIVRE, f.MAINTENANT),
        Arrivee(Voie.LETTRE, Etat.A_ENVOYER, None),
    )
    monkeypatch.setattr(suivre, "list_arrivees", lambda *_, **__: arrivees)
    page = texte(porte.get("/ma-demande/"))
    for dit in (
        "Par courriel – revenu le 24 novembre 2026",
        "Par SMS – parti le 24 novembre 2026",
        "Par courriel – arrivé le 24 novembre 2026",
        "Par courrier – pas encore parti",
        "document est attendu",
        "Qui agit\u00a0: les bailleurs et les mairies",
    ):
        assert dit in page


@pytest.mark.django_db(transaction=True)
def test_all_of_it_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    demande = avec_ressources()
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        for page in ("", f"{demande.nud}/documents/", f"{demande.nud}/ressources/", f"{demande.nud}/droits/"):
            assert porte.get(f"/ma-demande/{page}").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_notice_is_read_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    demande = deposer()
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL, canal=Canal.SYSTEME), f.MAINTENANT)
    prevenir_demande(demande.id, acte=acte)
    for entree in Entree.objects.filter(verbe="PREVENIR"):
        expedier(entree_id=str(entree.id), territoire=entree.territoire)
    with servie_par_le_portail():
        se_connecter(porte, fc, ELODIE)
        assert "pas encore parti" in texte(porte.get("/ma-demande/"))
