"""« Enregistrer, puis le suivant » where a queue is not of files: sent online, asked online, enquiries, alerts."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.requete.actions.demander import deposer_requete
from sne.registre.requete.rules.requete import GenreRequete
from tests.guichet.depot.test_en_ligne import VALIDER
from tests.guichet.parcours import texte
from tests.guichet.test_export_des_files import deux_alertes, deux_enquetes
from tests.guichet.test_requete import demander
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.registre.depot_en_ligne import envois
from tests.registre.rattachement.test_suivre import relier, visiter

SUIVANT = {"suivant": "suivant"}


@pytest.fixture
def gestion(compte: Compte) -> Client:
    return connecter(Client(), creer_gestionnaire(le=f.MAINTENANT))


def envoyer(nombre: int) -> list[str]:
    """That many sendings, the oldest first; their pages."""
    noms = ("Abelin", "Bastide", "Castan", "Dorval")
    envoyes = [
        envois.envoyer(
            f.contenu(demandeur=f.personne(nom, identite={"date_naissance": f"196{rang}-05-09"})),
            le=f.MAINTENANT - timedelta(hours=9 - rang),
            compte=uuid.UUID(int=rang + 1),
        )
        for rang, nom in enumerate(noms[:nombre])
    ]
    return [reverse("demande-en-ligne", args=[envoi.id]) for envoi in envoyes]


def test_the_next_one_sent_online_is_kept_for_this_agent(agent: Client, compte: Compte) -> None:
    """One that a colleague verifies is passed over, one answered since too; after the last one, the list."""
    pages = envoyer(4)
    assert "puis le suivant" not in texte(agent.get(pages[0])), "no list was opened"
    liste = reverse("demandes-en-ligne")
    agent.get(liste)
    collegue = connecter(Client(), creer_agent(courriel="autre@exemple.fr"))
    collegue.post(f"{pages[1]}prendre/")
    collegue.post(pages[2], {"geste": "refuser", "refuser-motif": "RENONCE"})
    page = texte(agent.get(pages[0]))
    assert "1 sur 4 de" in page
    assert "Enregistrer, puis le suivant" in page
    assert agent.post(pages[0], VALIDER | SUIVANT)["Location"] == pages[3]
    assert DepotEnLigne.objects.get(id=pages[3].split("/")[-2]).verrou == compte.id
    page = texte(agent.get(pages[3]))
    assert "Refuser, puis revenir à la liste" in page
    refus = {"geste": "refuser", "refuser-motif": "RENONCE"}
    assert agent.post(pages[3], refus | SUIVANT)["Location"] == liste


def test_without_that_button_the_list_comes_back(agent: Client) -> None:
    (page,) = envoyer(1)
    refus = {"geste": "refuser", "refuser-motif": "RENONCE"}
    assert agent.post(page, refus | SUIVANT)["Location"] == reverse("demandes-en-ligne"), "no list was opened"


def test_who_only_watches_the_wait_goes_through_nothing(gestion: Client) -> None:
    envoyer(1)
    gestion.get(reverse("demandes-en-ligne"))
    assert "file" not in gestion.session


def test_a_change_that_a_household_asked_for(agent: Client, compte: Compte) -> None:
    lien = relier(jours=10)
    demander(lien)
    deposer_requete(
        visiter(lien), GenreRequete.PRENOMS, formulaire=uuid.uuid4(), valeur="Élise", survenu_le=f.MAINTENANT
    )
    agent.get(reverse("liste", args=["reponses"]))
    une, autre = (
        acte for _, acte in agent.session["file"][2]
    )  # asked at the same instant: either comes first
    agent.post(une, {"prendre": "oui"})
    page = texte(agent.get(une))
    assert "1 sur 2 de" in page
    assert "Demander, puis le suivant" in page
    assert agent.post(une, {"document": "oui", "document-precision": "Le livret"})["Location"] == une
    refus = {"refuser": "oui", "refus-motif": "DEJA_EXACT", "refus-precision": "Déjà fait"}
    assert agent.post(une, refus | SUIVANT)["Location"] == autre


def test_an_enquiry(agent: Client, gestion: Client) -> None:
    deux_enquetes(agent, gestion)
    liste = reverse("enquetes")
    gestion.get(liste)
    une, autre = (acte for _, acte in gestion.session["file"][2])
    page = texte(gestion.get(une))
    assert "1 sur 2 de" in page
    assert "Clore, puis le suivant" in page
    fin = {"acte": "clore", "clore-issue": "CHANGEMENT_EXPLIQUE", "clore-motif": "CONTACTS_CONFIRMES"}
    assert gestion.post(une, fin | SUIVANT)["Location"] == autre
    assert gestion.post(autre, {"acte": "noter", "noter-texte": "Appelé"})["Location"] == autre
    assert gestion.post(autre, fin | SUIVANT)["Location"] == liste


def test_an_alert(agent: Client, gestion: Client) -> None:
    deux_alertes(agent, gestion)
    liste = reverse("alertes")
    gestion.get(liste)
    une, autre = (acte for _, acte in gestion.session["file"][2])
    page = texte(gestion.get(une))
    assert "1 sur 2 de" in page
    assert "Fermer, puis le suivant" in page
    fin = {"acte": "clore", "motif": "CONFIRME", "texte": "Vu"}
    assert gestion.post(une, fin | SUIVANT)["Location"] == autre
    assert gestion.post(autre, fin)["Location"] == autre
    assert gestion.post(autre, fin | SUIVANT).status_code == 200
