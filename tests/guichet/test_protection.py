"""A demande that has to be kept secret no longer: the manager\'s screen, from the file."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.avis import avis as a

AVERTISSEMENT = "Adresse à protéger."


@pytest.fixture
def gt(compte: Compte) -> Client:
    return connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))


def test_lever_depuis_le_dossier(gt: Client, agent: Client) -> None:
    recu = a.deposer(a.contenu(motifs=a.VIOLENCES))
    dossier, adresse = reverse("demande", args=[recu.nud]), reverse("protection-lever", args=[recu.nud])
    assert adresse not in texte(gt.get(dossier))  # the reason is still there
    assert "encore dans la demande" in texte(gt.post(adresse, {"precision": "Entendue seule"}))
    a.changer(recu.demande_id, a.contenu())
    assert AVERTISSEMENT in texte(agent.get(dossier))
    assert adresse not in texte(agent.get(dossier))
    assert agent.get(adresse).status_code == 403
    assert adresse in texte(gt.get(dossier))
    page = texte(gt.get(adresse))
    assert "Retirer ce motif ne suffit pas" in page
    assert "la protection revient avec lui" in page
    assert "Dites en une phrase" in texte(gt.post(adresse, {}))
    numero = {"precision": f"Vue {f.nir_de(f.AUJOURD_HUI)}"}
    assert "Retirez le numéro de sécurité sociale" in texte(gt.post(adresse, numero))
    fait = texte(gt.post(adresse, {"precision": "Entendue seule"}, follow=True))
    assert "Protection levée." in fait
    assert AVERTISSEMENT not in fait
    assert adresse not in fait
    assert "Il n’y a rien à lever" in texte(gt.get(adresse))
    assert Demande.objects.get(nud=recu.nud).version_courante.motif == "Entendue seule"
