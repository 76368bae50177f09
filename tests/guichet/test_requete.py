"""A change that a household asked for, on the screens of a counter: taken, answered, and no second door."""

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.guichet.requete.presentation import dire_actuel
from sne.habilitations.models import Compte
from sne.registre.demande.models.demande import Demande
from sne.registre.modification.actions.modifier import modifier_demande
from sne.registre.rattachement.selectors.liens import Lien
from sne.registre.requete.actions.demander import deposer_requete
from sne.registre.requete.actions.documenter import documenter_requete
from sne.registre.requete.actions.traiter import ouvrir_requete
from sne.registre.requete.models import RequeteDemandeur
from sne.registre.requete.rules.requete import GenreRequete
from sne.saisie.cadre import get_lecture
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_agent
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.pieces.pieces import fichier
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
    assert "quel document est attendu" in texte(agent.post(adresse, dit, follow=True))
    contenu = a.contenu(demandeur={"identite": {"nom_usage": "Martin"}})
    modifier_demande(
        lien.demande_id, contenu=contenu, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT), motif="Vu"
    )
    assert "Le changement est fait" in texte(agent.get(adresse))
    assert "que le changement est fait" in texte(agent.post(adresse, {"faire": "oui"}, follow=True))
    assert RequeteDemandeur.objects.get().statut == "FAITE"
    assert adresse not in texte(agent.get(reverse("liste", args=["reponses"])))


def test_the_document_sent_stands_beside_the_file_and_its_reading_is_told(
    agent: Client, lien: Lien, settings: Any, tmp_path: Path
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path
    adresse = demander(lien)
    assert "Aucun document n’est envoyé en ligne" in texte(agent.get(adresse))
    requete = RequeteDemandeur.objects.get()
    documenter_requete(visiter(lien), requete.id, "IDENTITE", [fichier()], survenu_le=f.MAINTENANT)
    (piece,) = RequeteDemandeur.objects.get().pieces
    page = texte(agent.get(adresse))
    assert "Pièce d’identité, reçu le" in page
    assert "À vérifier" in page
    assert "ne prouve rien tant que vous ne l’avez pas lu" in page
    assert reverse("piece-voir", args=[piece]) in page


def test_what_stands_in_the_file_is_shown(lien: Lien) -> None:
    demander(lien)
    ouverte = ouvrir_requete(RequeteDemandeur.objects.get().id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    lecture = get_lecture(f.AUJOURD_HUI)
    dits = {genre: dire_actuel(replace(ouverte, genre=genre), lecture) for genre in GenreRequete}
    assert dits[GenreRequete.NOM_NAISSANCE] == "Dubreuil"
    assert dits[GenreRequete.NOM_USAGE] == "Aucun"
    assert dits[GenreRequete.NAISSANCE].startswith("14/03/1987")
    assert dits[GenreRequete.DATE_DEPOT] == date_longue(ouverte.date_anciennete)
    assert dits[GenreRequete.DEPART_COTITULAIRE] == "Aucun autre signataire"
    assert all(dits.values())


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
