"""The counter has the link that verifies an address sent again, and is told when it asks too often."""

from django.test import Client
from django.urls import reverse

from sne.journal.models import Entree
from tests.guichet.parcours import texte
from tests.registre import factories as f

LIEN = "Envoyer un lien de vérification du courriel"


def test_lien_demande_trois_fois_au_plus(agent: Client) -> None:
    nud = f.deposer(f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"}))).nud
    assert LIEN in texte(agent.get(reverse("demande", args=[nud])))
    adresse = reverse("demande-courriel", args=[nud])
    for _ in range(3):
        assert "Un lien de vérification part" in texte(agent.post(adresse, follow=True))
    assert "3 liens sont déjà partis" in texte(agent.post(adresse, follow=True))
    assert Entree.objects.filter(verbe="DEMANDER_VERIFICATION").count() == 3


def test_rien_a_verifier(agent: Client) -> None:
    nud = f.deposer().nud
    assert LIEN not in texte(agent.get(reverse("demande", args=[nud])))
    refus = texte(agent.post(reverse("demande-courriel", args=[nud]), follow=True))
    assert "Aucune adresse électronique de ce dossier n’est à vérifier." in refus
    assert agent.get(reverse("demande-courriel", args=[nud])).status_code == 405
