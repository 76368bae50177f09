"""A change that no message may announce: the manager reads it, tells the person, says how; no counter sees it."""

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.avis.models import AvisChangement
from tests.guichet.parcours import requetes, texte
from tests.habilitations.factories import connecter, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.avis.avis import VIOLENCES

OBJET = "Changement à annoncer à la personne, par une voie sûre"


@pytest.fixture
def page(compte: Compte) -> str:
    """Address of a notice left to the manager, of a change made by a counter."""
    a.changer(a.deposer(a.contenu(motifs=VIOLENCES)).demande_id, a.contenu(a.APRES, motifs=VIOLENCES))
    return reverse("avis-a-porter", args=[AvisChangement.objects.get().id])


def test_from_the_list_to_the_sentence(gestionnaire: Client, page: str) -> None:
    liste = gestionnaire.get(reverse("liste", args=["reponses"])).content.decode()
    assert OBJET in liste
    assert f'href="{page}"' in liste
    lue = texte(gestionnaire.get(page))
    for mots in ("Adresse électronique : changée", "aucun message n’est parti", "par le guichet CCAS"):
        assert mots in lue.replace("\u00a0", " ")
    for valeur in (a.AVANT, a.APRES, "Dubreuil"):
        assert valeur not in lue
    refus = texte(gestionnaire.post(page, {"precision": " "}))
    assert "Dites en une phrase comment la personne a été prévenue." in refus
    faite = texte(gestionnaire.post(page, {"precision": "Reçue seule au guichet"}, follow=True))
    assert "Reçue seule au guichet" in faite
    assert "La personne est prévenue</button>" not in faite
    assert OBJET not in texte(gestionnaire.get(reverse("liste", args=["reponses"])))


def test_a_protection_that_came_with_the_act_is_said_to_be_new(gestionnaire: Client) -> None:
    """Whoever takes a demande over silences its messages so."""
    a.changer(a.deposer().demande_id, a.contenu(a.APRES, motifs=VIOLENCES))
    lue = texte(gestionnaire.get(reverse("avis-a-porter", args=[AvisChangement.objects.get().id])))
    assert "vient d’être ajouté à cette demande" in lue
    assert "Motif ajouté par cet acte même." in lue


def test_said_by_somebody_else_meanwhile_nothing_typed_is_lost(gestionnaire: Client, page: str) -> None:
    gestionnaire.post(page, {"precision": "Reçue seule"})
    AvisChangement.objects.get()
    assert "a déjà dit" in texte(gestionnaire.post(page, {"precision": "Jointe"}))


def test_no_counter_sees_it(agent: Client, page: str) -> None:
    assert agent.get(page).status_code in (403, 404)
    assert OBJET not in texte(agent.get(reverse("liste", args=["reponses"])))


def test_of_another_territory_it_does_not_exist(compte: Compte, page: str) -> None:
    ailleurs = connecter(Client(), creer_gestionnaire("02A", le=f.MAINTENANT))
    assert ailleurs.get(page).status_code == 404


def test_the_page_costs_the_same_whatever_changed(gestionnaire: Client, page: str) -> None:
    gestionnaire.get(page)
    autre = a.deposer(a.contenu("b@exemple.fr", nom="Zimmer", motifs=VIOLENCES), doublons_ecartes="autre")
    a.changer(autre.demande_id, a.contenu("c@exemple.fr", "06 00 00 00 01", nom="Morel", motifs=VIOLENCES))
    seconde = reverse("avis-a-porter", args=[AvisChangement.objects.get(demande=autre.demande_id).id])
    assert requetes(lambda: gestionnaire.get(page)) == requetes(lambda: gestionnaire.get(seconde))
