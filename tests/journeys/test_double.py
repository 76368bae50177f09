"""A double that a software signals is decided by the manager; an allocation with every heading a message carries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from sne.registre.demande.models.demande import Demande
from sne.registre.vie.actions.annuler import demander_annulation
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True), pytest.mark.longue]


def test_une_suppression_demandee_se_decide(asseoir: Callable[..., Poste]) -> None:
    gardee = f.deposer(le=maintenant() - timedelta(days=90)).nud
    double = Demande.objects.get(nud=f.deposer(le=maintenant(), doublons_ecartes="vu trop tard").nud)
    acte = Acte(f.creer_acteur(), maintenant())
    requete = demander_annulation(
        double.id, gardee=gardee, precision="Doublon signalé par le logiciel du guichet.", acte=acte
    )
    poste = asseoir()
    poste.se_connecter(creer_gestionnaire())
    poste.aller(reverse("liste", args=["reponses"]))
    poste.examiner("annulation-liste")
    poste.aller(f"/demandes/{double.nud}/")
    poste.examiner("annulation-dossier")
    poste.aller(reverse("annulation", args=[requete]))
    poste.titre("Annulation demandée")
    poste.examiner("annulation-decider")
    poste.barre("Enregistrer ma réponse")
    poste.titre("à corriger")
    poste.examiner("annulation-refusee")


def test_une_attribution_a_toutes_ses_rubriques(asseoir: Callable[..., Poste]) -> None:
    nud = f.deposer(le=maintenant()).nud
    poste = asseoir()
    poste.se_connecter(creer_agent(guichet="G0991"))
    poste.aller(f"/demandes/{nud}/evenements/attribution/")
    poste.examiner("attribution-vide")
    poste.barre("Consigner")
    poste.titre("à corriger")
    poste.examiner("attribution-erreurs")
    poste.remplir(
        jour=f"{aujourd_hui():%d/%m/%Y}",
        bail_signe_le=f"{aujourd_hui():%d/%m/%Y}",
        adresse_numero="12",
        adresse_voie="rue du Lavoir",
        adresse_batiment="B",
        adresse_code_postal="99240",
        commune="Les Ormeaux",
        surface="62,50",
        loyer="512,30",
    )
    poste.cocher("Oui", dans="#id_bail_signe")
    poste.cocher("Non", dans="#id_deja_loge")
    poste.choisir(accord="AUCUN", reservataire="AUCUN", type_logement="T3")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("Les Ormeaux")
    poste.examiner("attribution-dossier")
    poste.aller(f"/demandes/{nud}/evenements/")
    poste.examiner("attribution-liste")
