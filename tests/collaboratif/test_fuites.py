"""Whatever is written in a space, by whatever way one might come to read it: outsiders meet nothing of it."""

import re
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sne.collaboratif.annonces.actions import annoncer
from sne.collaboratif.calendrier.actions import Saisie, convoquer, creer_flux
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.cohortes import actions as cohortes
from sne.collaboratif.cohortes.rules import EtatCandidature
from sne.collaboratif.echanges import actions as echanges
from sne.collaboratif.echanges.rules import GenreSujet
from sne.collaboratif.espaces.actions import regler_drapeau
from sne.collaboratif.espaces.rules import TABLEURS, VOLONTAIRES
from sne.collaboratif.fermeture.actions import service_des_espaces
from sne.collaboratif.fichiers.actions import figer, lier
from sne.collaboratif.fichiers.models import VersionFichier
from sne.collaboratif.questionnaires.actions import ouvrir_questionnaire
from sne.collaboratif.resume.actions import ecrire_les_resumes
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role, cle_du_role
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from sne.recherche.actions import refaire_les_formes
from sne.recherche.models import FormeConnue
from sne.socle.horloge import maintenant
from tests.collaboratif.test_annonces import nouvelle
from tests.collaboratif.test_cohortes import SAISI, cohorte  # noqa: F401 - a fixture
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
BADGES = ("/accueil/", "/aide/", "/espaces/essais/", f"/espaces/essai/{VOLONTAIRES}/", "/espaces/parties/")
"""Where numbers and marks say that something waits, and what is said of trials and of parts of the service."""
VARIE = re.compile(
    r"name=\"csrfmiddlewaretoken\" value=\"[^\"]+\"|nonce=\"[^\"]+\"|data-reg-fin=\"[0-9]+\"|"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""What changes at each answer, and the identifier that was asked for."""


def lue(reponse: Any) -> tuple[int, str, str]:
    """Status, where it leads and body, title and length with it; a file is read to its end."""
    octets = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    return reponse.status_code, reponse.headers.get("Location", ""), VARIE.sub("", octets.decode())


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


def test_trials_switches_spreadsheets_digests_and_badges_say_nothing(gens, livres, cohorte) -> None:  # noqa: F811
    """With or without them, byte for byte: what others are shown; what is refused is refused as what never was."""
    clients = {qui: gens.client(qui) for qui in ("gt2", "agent2", "dpo", "n1", "n2", "union")} | {
        "": Client()
    }
    avant = {qui: {a: lue(client.get(a)) for a in BADGES} for qui, client in clients.items()}
    responsable, pole = gens.client("responsable"), gens.acte("pole")
    sienne = cohortes.postuler(VOLONTAIRES, SAISI | {"jours": SECRET}, acte=gens.acte("responsable"))
    ecartee = cohortes.postuler(VOLONTAIRES, SAISI, acte=gens.acte("gt"))
    cohortes.decider(ecartee.id, EtatCandidature.DECLINEE, motif=SECRET, acte=pole)
    regler_drapeau(TABLEURS, ["role:RESPONSABLE_GUICHET"], du=maintenant(), acte=pole)
    tableur = SimpleUploadedFile("b.csv", f"{SECRET};4\n".encode(), content_type="text/csv")
    depot = f"/espaces/espace/{T}/fichiers/deposer/"
    assert responsable.post(depot, {"nom": SECRET, "fichier": tableur}).status_code == 302
    version = VersionFichier.objects.get()
    roles = [cle_du_role(r, "099") for r in (Role.GESTIONNAIRE_TERRITORIAL, Role.RESPONSABLE_GUICHET)]
    ouvrir_questionnaire(
        nouveau(code="secret", titre=SECRET, cibles=roles, territoire="099"), acte=gens.acte("gt")
    )
    sujet = echanges.ouvrir_sujet(
        livres[T].id, GenreSujet.QUESTION, titre=f"Un {SECRET} ?", corps=SECRET, acte=gens.acte("responsable")
    )
    echanges.repondre(sujet.id, corps=SECRET, acte=gens.acte("gt"))
    Compte.objects.update(derniere_utilisation=maintenant() - timedelta(days=9))
    for jours in range(4):  # a week-end is between two of them at most
        ecrire_les_resumes(acte=service_des_espaces(maintenant() + timedelta(days=jours)))
    dehors = {gens.compte(qui).id for qui in clients if qui}
    assert not MessageAgent.objects.filter(compte__in=dehors).exists()
    assert MessageAgent.objects.filter(compte=gens.compte("responsable").id).exists()
    for message in MessageAgent.objects.all():
        assert SECRET not in str(lire_chiffre(message, "contexte"))
    refusees = {
        f"/espaces/candidature/{sienne.id}/": "get",
        f"/espaces/candidature/{sienne.id}/retirer/": "post",
        f"/espaces/version/{version.id}/": "get",
        f"/espaces/version/{version.id}/relue/": "post",
        f"/espaces/fichier/{version.fichier_id}/": "get",
        f"/espaces/fichier/{version.fichier_id}/proposer/": "post",
        "/espaces/questionnaires/secret/": "get",
        "/espaces/questionnaires/secret/resultats/": "get",
        "/espaces/questionnaires/secret/participation/": "get",
        "/espaces/questionnaires/secret/exporter/": "post",
        f"/espaces/parties/{TABLEURS}/": "get",
        f"/espaces/parties/{TABLEURS}/eteindre/": "post",
    }
    for qui, client in clients.items():
        for adresse, attendue in avant[qui].items():
            assert lue(client.get(adresse)) == attendue, (qui, adresse)
        for adresse, methode in refusees.items():
            inconnue = re.sub(r"[0-9a-f-]{36}", lambda _: str(uuid.uuid4()), adresse)
            inconnue = inconnue.replace("secret", "jamais").replace(TABLEURS, "jamais-x")
            dite, sinon = (lue(getattr(client, methode)(a)) for a in (adresse, inconnue))
            attendue = tuple(str(x).replace(quote(inconnue, ""), "").replace(inconnue, "") for x in sinon)
            propre = tuple(str(x).replace(quote(adresse, ""), "").replace(adresse, "") for x in dite)
            assert propre == attendue, (qui, adresse)
            assert dite[0] in {302, 403, 404}, (qui, adresse)
            assert SECRET not in dite[2], (qui, adresse)
    assert SECRET in lue(responsable.get(f"/espaces/version/{version.id}/"))[2]
    assert SECRET in gens.client("gt").get(f"/espaces/essai/{VOLONTAIRES}/").content.decode()
    assert SECRET in gens.client("gt").get("/espaces/questionnaires/").content.decode()
