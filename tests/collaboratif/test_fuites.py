"""Whatever is written in a space, by whatever way one might come to read it: outsiders meet nothing of it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from sne.collaboratif.annonces.actions import annoncer
from sne.collaboratif.calendrier.actions import Saisie, convoquer, creer_flux
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.echanges import actions as echanges
from sne.collaboratif.echanges.rules import GenreSujet
from sne.collaboratif.fichiers.actions import figer, lier
from sne.collaboratif.questionnaires.actions import ouvrir_questionnaire
from sne.habilitations.rules import Role, cle_du_role
from sne.recherche.actions import refaire_les_formes
from sne.recherche.models import FormeConnue
from sne.socle.horloge import maintenant
from tests.collaboratif.test_annonces import nouvelle
from tests.collaboratif.test_questionnaires import nouveau

T = "territoire-099"
SECRET = "pamplemousse"
DEDANS = ("gt", "responsable")
DEHORS = ("gt2", "agent2", "pole", "exploitation", "dpo", "n1", "n2", "union")
LISTES = (
    "/espaces/",
    "/espaces/annonces/",
    "/espaces/calendrier/",
    "/espaces/calendrier/?vue=grille",
    "/espaces/questionnaires/",
    f"/aide/chercher/?q={SECRET}",
    f"/aide/chercher/?q={SECRET}&clos=1&genre=SUJET&genre=FICHIER&genre=ANNONCE&genre=RENCONTRE",
    f"/aide/chercher/?q={SECRET[:-2]}mussse",
    f"/aide/proposer/?q={SECRET}",
    "/plan-du-site/",
)
"""Every list, result, count and suggestion."""


@pytest.fixture
def choses(gens, livres) -> dict[str, str]:
    """One thing of each kind, whose title, words and name hold the secret: its address."""
    gt, ici = gens.acte("gt"), livres[T].id
    sujet = echanges.ouvrir_sujet(ici, GenreSujet.QUESTION, titre=f"Un {SECRET} ?", corps=SECRET, acte=gt)
    reponse = echanges.repondre(sujet.id, corps=f"{SECRET} retiré", acte=gens.acte("responsable"))
    echanges.retirer_contribution(reponse.id, motif=SECRET, acte=gt)
    lien = lier(ici, titre=f"Le {SECRET}", url="https://docs.numerique.gouv.fr/9/", acte=gt)
    version = figer(lien.id, texte=SECRET, acte=gt)
    debut = maintenant() + timedelta(hours=1)
    saisie = Saisie(titre=f"Réunion {SECRET}", debut=debut, fin=debut + timedelta(hours=1), lieu=SECRET)
    rencontre = convoquer(saisie, Couche.ESPACE, espace=ici, acte=gt)
    roles = [cle_du_role(r, "099") for r in (Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET)]
    annonce = annoncer(nouvelle(titre=SECRET, corps=SECRET, cibles=roles, territoire="099"), acte=gt)
    ouvrir_questionnaire(nouveau(code="secret", titre=SECRET, cibles=roles, territoire="099"), acte=gt)
    refaire_les_formes(maintenant())
    return {
        "espace": f"/espaces/espace/{T}/",
        "équipes": f"/espaces/espace/{T}/equipes/",
        "fichiers": f"/espaces/espace/{T}/fichiers/",
        "sujet": f"/espaces/sujet/{sujet.id}/",
        "contribution": f"/espaces/contribution/{sujet.contributions.get(ouvre=True).id}/signaler/",
        "retirée": f"/espaces/contribution/{reponse.id}/signaler/",
        "fichier": f"/espaces/fichier/{version.fichier_id}/",
        "version": f"/espaces/version/{version.id}/",
        "figer": f"/espaces/lien/{lien.id}/figer/",
        "rencontre": f"/espaces/rencontre/{rencontre.id}/",
        "annonce": f"/espaces/annonces/{annonce.id}/",
        "couverture": f"/espaces/annonces/{annonce.id}/couverture/",
        "questionnaire": "/espaces/questionnaires/secret/",
        "participation": "/espaces/questionnaires/secret/participation/",
    }


def test_nothing_leaks(gens, choses) -> None:
    """Pages, lists, results and their counts, suggestions, corrections, feeds, refusals and their length."""
    assert not FormeConnue.objects.filter(forme__contains="pamplemo").exists()
    clients = {qui: gens.client(qui) for qui in DEHORS} | {"personne": Client()}
    vide = {}
    for qui, client in clients.items():
        for adresse in LISTES:
            reponse = client.get(adresse)
            # What was typed is said again, to who typed it.
            page = re.sub(rf"(«\W*|value=\"|q=){SECRET}", "", reponse.content.decode())
            assert SECRET not in page, (qui, adresse)
            assert "Sujet d’un espace" not in page or "genre" in adresse, (
                qui,
                adresse,
            )  # a box that was ticked stays
        inconnue = client.get(f"/espaces/sujet/{uuid.uuid4()}/")
        vide[qui] = (inconnue.status_code, len(inconnue.content))
        for quoi, adresse in choses.items():
            reponse = client.get(adresse)
            assert reponse.status_code == vide[qui][0], (qui, quoi)
            assert SECRET not in reponse.content.decode(), (qui, quoi)
        for adresse in ("sujet", "espace", "rencontre", "annonce"):
            assert client.post(f"{choses[adresse]}clore/").status_code in {302, 403, 404, 405}
        if qui != "personne":
            secret = creer_flux(list(Couche), acte=gens.acte(qui))
            assert SECRET not in Client().get(f"/espaces/calendrier/{secret}.ics").content.decode()
    assert {statut for qui, (statut, _) in vide.items() if qui != "personne"} == {404}
    for qui in DEDANS:
        client = gens.client(qui)
        assert client.get(f"/aide/chercher/?q={SECRET}").content.decode().count(SECRET) > 5
        assert all(client.get(adresse).status_code in {200, 403, 404} for adresse in choses.values())
        secret = creer_flux(list(Couche), acte=gens.acte(qui))
        assert SECRET in Client().get(f"/espaces/calendrier/{secret}.ics").content.decode()
