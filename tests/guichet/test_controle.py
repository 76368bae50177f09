"""A change of contact held after a change of identity: the agent is told who may allow it, the manager allows it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.controle.models import PermissionContact
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_gestionnaire, creer_responsable
from tests.registre import factories as f
from tests.registre.identite.changements_identite import modifier


@pytest.fixture
def nud(compte: Compte) -> str:
    """Old, whose name has changed three days ago."""
    agent = f.creer_acteur()
    recu = f.deposer(acteur=agent, le=f.ANCIEN)
    modifier(
        recu.demande_id, agent, traits={"nom_naissance": "Dubreuill"}, le=f.MAINTENANT - timedelta(days=3)
    )
    return recu.nud


def test_permettre_depuis_le_dossier(nud: str, agent: Client) -> None:
    gt = connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))
    dossier, adresse = reverse("demande", args=[nud]), reverse("contact-permettre", args=[nud])
    assert adresse in texte(gt.get(dossier))
    assert adresse not in texte(agent.get(dossier))
    page = texte(gt.get(adresse))
    assert "L’identité a changé le 21/11/2026" in page
    assert "ne peuvent pas être modifiés avant le 29/11/2026" in page
    sans = texte(gt.post(adresse, {"precision": "Titre vu au guichet"}))
    assert "Choisissez pourquoi le contact doit changer maintenant" in sans
    assert "Titre vu au guichet" in sans
    assert "Retirez le numéro de sécurité sociale" in texte(
        gt.post(adresse, {"motif": "AUTRE", "precision": f"Vu {f.nir_de(f.AUJOURD_HUI)}"})
    )
    fait = texte(gt.post(adresse, {"motif": "PLUS_D_ACCES", "precision": "Titre vu"}, follow=True))
    assert "Changement de contact permis" in fait
    assert "prévenue" not in fait  # no address of this household is known: no message leaves
    assert adresse not in fait
    assert PermissionContact.objects.get().precision == "Titre vu"
    assert "est permis jusqu’au 01/12/2026" in texte(gt.get(adresse))
    assert gt.post(adresse, {"motif": "AUTRE", "precision": "Encore"}).status_code == 409


def test_rien_a_permettre_ou_pas_a_soi(nud: str, agent: Client) -> None:
    adresse = reverse("contact-permettre", args=[nud])
    assert agent.get(adresse).status_code == 403
    responsable = connecter(Client(), creer_responsable(le=f.MAINTENANT))
    assert "Un gestionnaire du territoire peut seul permettre" in texte(responsable.get(adresse))
    assert responsable.post(adresse, {"motif": "AUTRE", "precision": "Vu"}).status_code == 403
    libre = f.deposer(f.contenu(demandeur=f.personne("Zimmer"))).nud
    gt = connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))
    assert "Rien ne retient" in texte(gt.get(reverse("contact-permettre", args=[libre])))
