"""A demande that has to be kept secret no longer: the manager\'s screen, from the file."""

from django.test import Client
from django.urls import reverse

from sne.registre.demande.models.demande import Demande
from tests.guichet.parcours import texte
from tests.registre import factories as f
from tests.registre.avis import avis as a

AVERTISSEMENT = "Adresse à protéger."


def test_lever_depuis_le_dossier(gestionnaire: Client, agent: Client) -> None:
    recu = a.deposer(a.contenu(motifs=a.VIOLENCES))
    dossier, adresse = reverse("demande", args=[recu.nud]), reverse("protection-lever", args=[recu.nud])
    assert adresse not in texte(gestionnaire.get(dossier))  # the reason is still there
    assert "encore dans la demande" in texte(gestionnaire.post(adresse, {"precision": "Entendue seule"}))
    a.changer(recu.demande_id, a.contenu())
    assert AVERTISSEMENT in texte(agent.get(dossier))
    assert adresse not in texte(agent.get(dossier))
    assert agent.get(adresse).status_code == 403
    assert adresse in texte(gestionnaire.get(dossier))
    page = texte(gestionnaire.get(adresse))
    assert "Retirer ce motif ne suffit pas" in page
    assert "la protection revient avec lui" in page
    assert "Dites en une phrase" in texte(gestionnaire.post(adresse, {}))
    numero = {"precision": f"Vue {f.nir_de(f.AUJOURD_HUI)}"}
    assert "Retirez le numéro de sécurité sociale" in texte(gestionnaire.post(adresse, numero))
    fait = texte(gestionnaire.post(adresse, {"precision": "Entendue seule"}, follow=True))
    assert "Protection levée." in fait
    assert AVERTISSEMENT not in fait
    assert adresse not in fait
    assert "Il n’y a rien à lever" in texte(gestionnaire.get(adresse))
    assert Demande.objects.get(nud=recu.nud).version_courante.motif == "Entendue seule"
