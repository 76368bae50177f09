"""A change that a household asked for, on the screens of a counter: taken, answered, and no second door."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.selectors.liens import Lien
from sne.registre.requete.actions.demander import deposer_requete
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.rules.requete import GenreRequete
from sne.socle.acte import Acte
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.rattachement.test_suivre import relier, visiter


@pytest.fixture
def lien(compte: Compte) -> Lien:
    return relier(jours=10)


def demander(lien: Lien) -> str:
    cle = uuid.uuid4()
    deposer_requete(
        visiter(lien), GenreRequete.NOM_USAGE, formulaire=cle, valeur="Martin", survenu_le=f.MAINTENANT
    )
    return reverse("requete", args=[cle])


def test_from_the_list_to_its_end(agent: Client, lien: Lien) -> None:
    adresse = demander(lien)
    assert adresse in texte(agent.get(reverse("liste", args=["reponses"])))
    page = texte(agent.get(adresse))
    assert "Nom d’usage" in page
    assert "Martin" in page
    assert "Je m’en occupe" in page
    assert "Le changement est fait" not in page
    prise = texte(agent.post(adresse, {"prendre": "oui"}, follow=True))
    assert "Vous vous en occupez" in prise
    assert "Rien n’a encore changé dans la demande" in prise
    tot = texte(agent.post(adresse, {"faire": "oui"}))
    assert "Rien n’a encore changé dans la demande" in tot
    vide = texte(agent.post(adresse, {"document": "oui", "document-precision": ""}))
    assert "Dites quel document la personne apporte" in vide
    dit = {"document": "oui", "document-precision": "Le livret de famille"}
    assert "quel document apporter" in texte(agent.post(adresse, dit, follow=True))
    contenu = a.contenu(demandeur={"identite": {"nom_usage": "Martin"}})
    modifier_demande(
        lien.demande_id, contenu=contenu, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT), motif="Vu"
    )
    assert "Le changement est fait" in texte(agent.get(adresse))
    assert "que le changement est fait" in texte(agent.post(adresse, {"faire": "oui"}, follow=True))
    assert RequeteDemandeur.objects.get().statut == "FAITE"
    assert adresse not in texte(agent.get(reverse("liste", args=["reponses"])))


def test_refused_with_a_reason_and_held_by_one_agent(agent: Client, lien: Lien) -> None:
    adresse = demander(lien)
    agent.post(adresse, {"prendre": "oui"})
    collegue = connecter(Client(), creer_agent(courriel="collegue@exemple.fr"))
    page = texte(collegue.get(adresse))
    assert "qui s’en occupe, jusqu’au" in page
    assert "M’en occuper à sa place" in page
    assert "Un autre agent s’occupe" in texte(collegue.post(adresse, {"faire": "oui"}))
    collegue.post(adresse, {"prendre": "oui"})
    assert "C’est rendu" in texte(collegue.post(adresse, {"rendre": "oui"}, follow=True))
    agent.post(adresse, {"prendre": "oui"})
    sans = texte(agent.post(adresse, {"refuser": "oui", "refus-precision": "Revenez."}))
    assert "Choisissez pourquoi" in sans
    assert "Revenez." in sans
    refus = {"refuser": "oui", "refus-motif": "DOCUMENT_ABSENT", "refus-precision": ""}
    assert "ce qu’elle peut faire" in texte(agent.post(adresse, refus))
    finie = texte(agent.post(adresse, refus | {"refus-precision": "Revenez avec lui."}, follow=True))
    assert "Le document demandé n’est pas venu. Revenez avec lui." in finie
    assert "terminée" in texte(agent.post(adresse, {"prendre": "oui"}))
    assert Demande.objects.get(id=lien.demande_id).revision == 1
