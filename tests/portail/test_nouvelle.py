"""Filing by oneself, over HTTP: from the home page to the receipt, what is kept, what is refused."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sne.demandeurs.models import SessionDemandeur
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot_en_ligne.actions.verifier import demander_document
from sne.registre.modification.models import Brouillon
from sne.simulation.fournisseur.protocole import Fournisseur
from sne.socle.acte import Acte
from tests.portail.conftest import ELODIE, HUGO, NADIA, servie_par_le_portail
from tests.portail.formulaire import champs_de
from tests.portail.test_code import entrer
from tests.portail.test_connexion import deposer, se_connecter
from tests.portail.test_documents import photo
from tests.registre import factories as f
from tests.registre.depot_en_ligne.envois import prouver
from tests.registre.enquete.enquetes import figer

pytestmark = pytest.mark.django_db
ICI = "/nouvelle-demande/099/"
ESSENTIEL: dict[str, dict[str, Any]] = {
    "identite": {"nationalite": "1"},
    "famille": {"situation_familiale": "C"},
    "contact": {"courriel": "nadia@exemple.fr", "telephone_portable": "06 12 34 56 78"},
    "adresse": {"voie": "rue des Lilas", "numero": "4", "code_postal": "99310", "commune": "Port-Aurette"},
    "avec-qui": {},
    "travail-demandeur": {"demandeur-statut": "CDI"},
    "impot-demandeur": {"demandeur-n_moins_2__montant": "16240"},
    "occupation": {"statut": "LP"},
    "possede": {"possede": "non"},
    "motifs": {"motif_1": "13"},
    "villes": {"commune_1": "Port-Aurette", "accepte_autres_communes": "oui"},
    "taille": {"types_logement": ["T2"]},
}


def texte(reponse: Any) -> str:
    return str(reponse.content.decode())


def commencer(porte: Client, parcours: str = "essentiel") -> Any:
    """The town; the e-mail that these tests type was proved by a code (``test_depart`` does it for good)."""
    for session in SessionDemandeur.objects.all():
        prouver(session.compte_id, "nadia@exemple.fr")
    return porte.post("/nouvelle-demande/", {"commune": "Port-Aurette", "parcours": parcours})


def repondre(porte: Client, code: str, **champs: Any) -> Any:
    """The page as it is opened, sent back with these answers; « continuer » unless another button is named."""
    rempli = champs_de(texte(porte.get(f"{ICI}{code}/"))) | champs
    bouton = {} if {"ajouter", "quitter", "retirer", "chercher"} & set(champs) else {"continuer": "oui"}
    return porte.post(f"{ICI}{code}/", {**rempli, **bouton})


def derouler(porte: Client, reponses: dict[str, dict[str, Any]], page: str = "identite") -> list[str]:
    """Answer each page in the order in which they come, up to the last one; the pages seen."""
    vues = []
    while page != "relire":
        vues.append(page)
        reponse = repondre(porte, page, **reponses.get(page, {}))
        assert reponse.status_code == 302, (page, re.findall(r'href="#[^>]*>([^<]*)', texte(reponse)))
        page = reponse.headers["Location"].removeprefix(ICI).rstrip("/")
        assert len(vues) < 60
    return vues


class TestDeposer:
    """Somebody whom FranceConnect vouches for, and who follows no demande."""

    def test_from_the_home_page_to_the_receipt(self, porte: Client, fc: Fournisseur) -> None:
        assert "Faire une demande" in texte(porte.get("/"))
        se_connecter(porte, fc, NADIA)
        assert "/nouvelle-demande/" in texte(porte.get("/ma-demande/"))
        assert commencer(porte).headers["Location"] == f"{ICI}identite/"
        vues = derouler(porte, ESSENTIEL)
        assert vues == list(ESSENTIEL)
        relue = texte(porte.get(f"{ICI}relire/"))
        assert "À compléter plus tard" in relue
        sans = repondre(porte, "relire", envoyer="oui")
        assert "Cochez la case pour déclarer" in texte(sans)
        assert not DepotEnLigne.objects.exists()
        envoi = champs_de(relue) | {"declare": "oui", "envoyer": "oui"}
        envoi["lu"] = champs_de(texte(sans))["lu"]
        for _ in range(2):  # pressed twice, or again after « back »
            reponse = porte.post(f"{ICI}relire/", envoi)
            assert reponse.headers["Location"] == f"{ICI}envoyee/", texte(reponse)
        depot = DepotEnLigne.objects.get()
        assert (depot.niveau, depot.territoire) == ("FC", "099")
        assert not Brouillon.objects.exists()
        recu = texte(porte.get(f"{ICI}envoyee/"))
        assert "24 novembre 2026" in recu
        assert "Envoyez la photo de votre pièce d’identité" in recu

    def test_the_picture_of_the_document_follows_and_an_agent_answers_of_it(
        self, porte: Client, fc: Fournisseur, settings: Any, tmp_path: Path
    ) -> None:
        settings.DOSSIER_DOCUMENTS = tmp_path
        se_connecter(porte, fc, NADIA)
        piece = f"{ICI}piece/"
        assert porte.get(piece).headers["Location"] == f"{ICI}envoyee/"  # nothing is sent yet
        commencer(porte)
        derouler(porte, ESSENTIEL)
        repondre(porte, "relire", declare="oui", envoyer="oui")
        assert "Choisissez un document." in texte(porte.post(piece, {"fichiers": [photo()]}))
        lettre = SimpleUploadedFile("lettre.docx", b"PK rien", "application/msword")
        assert "lettre.docx" in texte(
            porte.post(piece, {"papier": "IDENTITE", "fichiers": [photo(), lettre]})
        )
        assert DepotEnLigne.objects.get().pieces == []
        envoyees = {"papier": "IDENTITE", "fichiers": [photo(), photo("black", "verso.jpg")]}
        assert porte.post(piece, envoyees).headers["Location"] == f"{ICI}envoyee/"
        depot = DepotEnLigne.objects.get()
        assert [p["type"] for p in depot.pieces] == ["IDENTITE"]
        assert depot.statut == "A_VALIDER"
        assert "votre pièce d’identité est reçue" in texte(porte.get(f"{ICI}envoyee/"))
        assert porte.post(piece, envoyees).headers["Location"] == f"{ICI}envoyee/"  # sent already
        agent = Acte(f.creer_acteur(), f.MAINTENANT)
        demander_document(depot.id, motif="ILLISIBLE", acte=agent)
        assert "La photo de votre pièce d’identité n’est pas lisible." in texte(porte.get(piece))
        porte.post(piece, {"papier": "SEJOUR", "fichiers": [photo("grey", "titre.jpg")]})
        depot.refresh_from_db()
        assert (depot.statut, len(depot.pieces)) == ("A_VALIDER", 2)

    def test_civil_status_of_franceconnect_is_not_typed_again_but_its_accents(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        page = texte(porte.get(f"{ICI}identite/"))
        assert "D’après FranceConnect" in page
        assert "04/12/1996" in page
        assert 'name="date_naissance"' not in page
        autre = repondre(porte, "identite", nationalite="1", nom_naissance="Ouvrad")
        assert "FranceConnect donne «\u00a0OUVRARD\u00a0»" in texte(autre)
        forgee = repondre(
            porte,
            "identite",
            nationalite="1",
            nom_naissance="Ouvrârd",
            date_naissance="01/01/1950",
            civilite="1",
        )
        assert forgee.headers["Location"] == f"{ICI}famille/"
        derouler(porte, ESSENTIEL, "famille")
        relue = texte(porte.get(f"{ICI}relire/"))
        assert "Ouvrârd" in relue
        assert "04/12/1996" in relue
        assert "1950" not in relue

    def test_pages_follow_the_answers_and_their_number_too(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte, "tout")
        assert "il en reste 19" in texte(porte.get(f"{ICI}identite/"))
        repondre(porte, "avec-qui", avec=["cotitulaires", "enfants"])
        assert "il en reste 25" in texte(porte.get(f"{ICI}identite/"))
        assert texte(porte.get(f"{ICI}travail-demandeur/")).count("Quelle est votre situation") >= 1
        repondre(porte, "travail-demandeur", **{"demandeur-statut": "CDI"})
        assert "Où travaillez-vous" in texte(porte.get(f"{ICI}employeur-demandeur/"))
        repondre(porte, "travail-demandeur", **{"demandeur-statut": "CHO"})
        assert porte.get(f"{ICI}employeur-demandeur/").status_code == 302

    def test_a_household_is_told_person_by_person(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        repondre(porte, "avec-qui", avec=["cotitulaires", "enfants", "naissances"], nombre="1")
        assert "Tapez la date prévue" in texte(repondre(porte, "avec-qui", avec=["naissances"], nombre="1"))
        suite = repondre(
            porte,
            "avec-qui",
            avec=["cotitulaires", "enfants", "naissances"],
            nombre="1",
            date_prevue="01/03/2027",
        )
        assert suite.headers["Location"] == f"{ICI}cotitulaires-1/"
        assert "Répondez aux questions sur cette personne" in texte(repondre(porte, "cotitulaires-1"))
        conjoint = {f"cotitulaires-1-{nom}": dit for nom, dit in CONJOINT.items()}
        suite = repondre(porte, "cotitulaires-1", **conjoint)
        assert suite.headers["Location"] == f"{ICI}travail-demandeur/"
        assert "Quelle est la situation de Karim" in texte(porte.get(f"{ICI}travail-cotitulaires-1/"))
        ajout = repondre(porte, "enfants-1", **enfant(1, "Lina"), ajouter="enfants")
        assert ajout.headers["Location"] == f"{ICI}enfants-2/"
        repondre(porte, "enfants-2", **enfant(2, "Adam"))
        retrait = repondre(porte, "enfants-1", retirer="enfants-1")
        assert retrait.status_code == 302
        assert "Adam" in texte(porte.get(f"{ICI}enfants-1/"))
        assert porte.get(f"{ICI}enfants-3/").status_code == 302
        decochee = repondre(porte, "avec-qui", avec=["enfants"], nombre="", date_prevue="")
        assert "sera effacé" in texte(decochee)
        assert "Karim" in texte(porte.get(f"{ICI}cotitulaires-1/"))
        repondre(porte, "avec-qui", avec=["enfants"], nombre="", date_prevue="", effacer="oui")
        assert porte.get(f"{ICI}cotitulaires-1/").status_code == 302

    def test_what_is_wrong_is_said_kept_and_not_sent(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        faux = repondre(porte, "contact", courriel="nadia(at)exemple", telephone_portable="06")
        assert faux.status_code == 200
        assert "Adresse électronique" in texte(faux)
        assert 'value="nadia(at)exemple"' in texte(porte.get(f"{ICI}contact/"))
        assert "nous y envoyons votre numéro" in texte(repondre(porte, "contact", courriel=""))
        envoi = repondre(porte, "relire", envoyer="oui", declare="oui")
        assert "Comment vous joindre\u00a0? Répondez à cette page." in texte(envoi)
        assert not DepotEnLigne.objects.exists()

    def test_modifier_comes_back_to_what_is_read_again(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        derouler(porte, ESSENTIEL)
        adresse = re.search(r'href="([^"]*/motifs/\?retour=relire)"', texte(porte.get(f"{ICI}relire/")))
        assert adresse
        page = champs_de(texte(porte.get(adresse[1]))) | {"motif_2": "19", "continuer": "oui"}
        assert porte.post(f"{ICI}motifs/", page).headers["Location"] == f"{ICI}relire/"


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_is_gone_with_the_rights_of_the_portal_alone(porte: Client, fc: Fournisseur) -> None:
    with servie_par_le_portail():
        se_connecter(porte, fc, NADIA)
        commencer(porte, "tout")
        derouler(porte, ESSENTIEL)
        assert repondre(porte, "relire", envoyer="oui", declare="oui").headers["Location"] == f"{ICI}envoyee/"
        assert "Votre demande est envoyée" in texte(porte.get(f"{ICI}envoyee/"))
        assert "Ce qu’il reste à faire" in texte(porte.get("/ma-demande/"))
        autre = {"commune": "Ajaccio (20000)", "parcours": "essentiel"}
        assert porte.post("/nouvelle-demande/", autre).status_code == 302
        assert porte.post("/nouvelle-demande/02A/recommencer/").status_code == 302
    assert not Brouillon.objects.exists()


class TestBrouillon:
    """One for each account and territory, kept page by page."""

    def test_taken_up_again_after_signing_in_from_another_device(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        repondre(porte, "identite", **ESSENTIEL["identite"])
        quitte = repondre(porte, "famille", situation_familiale="C", quitter="oui")
        assert quitte.headers["Location"] == ICI
        autre = Client()
        se_connecter(autre, fc, NADIA)
        assert ICI in texte(autre.get("/ma-demande/"))
        assert commencer(autre).headers["Location"] == ICI
        lue = texte(autre.get(ICI))
        assert "Vous en étiez à\u00a0: Vous. Quelle est votre situation familiale" in lue
        assert "gardées jusqu’au 22 février 2027" in lue
        page = texte(autre.get(f"{ICI}famille/"))
        assert champs_de(page)["situation_familiale"] == ["C"]
        assert "Réponses gardées à 10\u00a0h\u00a030" in page
        assert Brouillon.objects.count() == 1
        autre.post(f"{ICI}recommencer/")
        assert not Brouillon.objects.exists()
        assert autre.get(f"{ICI}famille/").headers["Location"] == "/nouvelle-demande/"

    def test_two_devices_on_one_page_both_answers_are_shown(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        ouverte = champs_de(texte(porte.get(f"{ICI}famille/")))
        repondre(porte, "famille", situation_familiale="C")
        envoi = ouverte | {"situation_familiale": "D", "continuer": "oui"}
        heurt = porte.post(f"{ICI}famille/", envoi)
        assert heurt.status_code == 409
        assert "sur deux appareils" in texte(heurt)
        caches = champs_de(texte(heurt))
        choix = re.search(r'name="(choix-[^"]+)"', texte(heurt))
        assert choix
        suite = porte.post(f"{ICI}famille/", caches | {choix[1]: "saisie", "continuer": "oui"})
        assert suite.headers["Location"] == f"{ICI}contact/"
        assert champs_de(texte(porte.get(f"{ICI}famille/")))["situation_familiale"] == ["D"]

    def test_what_is_kept_on_the_way_is_judged_by_nobody_and_never_covers_a_newer_page(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        ici = f"{ICI}contact/"
        ouverte = champs_de(texte(porte.get(ici)))
        gardee = porte.post(ici, ouverte | {"courriel": "nadia@", "garder": "oui"})
        assert gardee.json()["phrase"] == "Réponses gardées à 10\u00a0h\u00a030."
        assert champs_de(texte(porte.get(ici)))["courriel"] == ["nadia@"]
        assert f"{ICI}identite/" in texte(porte.get(ICI))  # it is not answered for all that
        suite = porte.post(
            ici, ouverte | {"lu": gardee.json()["lu"], "courriel": "n@exemple.fr", "garder": "oui"}
        )
        assert suite.status_code == 200
        vieille = porte.post(ici, ouverte | {"courriel": "autre@exemple.fr", "garder": "oui"})
        assert (vieille.status_code, vieille.json()["phrase"][:43]) == (
            409,
            "Cette page a été enregistrée sur un autre a",
        )
        assert champs_de(texte(porte.get(ici)))["courriel"] == ["n@exemple.fr"]
        heurt = porte.post(ici, ouverte | {"courriel": "autre@exemple.fr", "continuer": "oui"})
        assert "sur deux appareils" in texte(heurt)

    def test_nobody_is_erased_on_the_way(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        repondre(porte, "avec-qui", avec=["cotitulaires"])
        repondre(porte, "cotitulaires-1", **{"cotitulaires-1-nom_naissance": "Leca"})
        page = champs_de(texte(porte.get(f"{ICI}avec-qui/"))) | {"effacer": "oui", "garder": "oui"}
        page.pop("avec", None)
        assert porte.post(f"{ICI}avec-qui/", page).status_code == 200
        lue = champs_de(texte(porte.get(f"{ICI}cotitulaires-1/")))
        assert lue["cotitulaires-1-nom_naissance"] == ["Leca"]

    def test_towns_are_added_one_by_one_by_one_search(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        ici = f"{ICI}villes/"
        page = texte(porte.get(ici))
        assert (page.count("Chercher et ajouter cette ville"), page.count('name="commune_')) == (1, 1)
        page = texte(repondre(porte, "villes", commune_1="Port-Aurette", chercher="commune_1"))
        assert (page.count("Chercher et ajouter cette ville"), page.count('name="commune_')) == (1, 2)
        page = texte(repondre(porte, "villes", commune_2="99", chercher="commune_2"))
        choix = re.findall(r'name="commune_2_proposition" value="([^"]+)"', page)
        assert choix
        page = texte(
            repondre(porte, "villes", commune_2="99", commune_2_proposition=choix[0], chercher="commune_2")
        )
        villes = champs_de(page)
        assert villes["commune_2"] != ["99"]
        assert villes["commune_3"] == [""]
        repondre(porte, "villes", commune_1="", accepte_autres_communes="oui")
        lues = champs_de(texte(porte.get(ici)))
        assert (lues["commune_1"], lues["commune_2"]) == ([""], villes["commune_2"])
        assert "commune_3" not in lues

    def test_another_page_saved_meanwhile_hinders_nothing(self, porte: Client, fc: Fournisseur) -> None:
        """Two pages here may be parts of one page at a counter."""
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        ouverte = champs_de(texte(porte.get(f"{ICI}identite/")))
        repondre(porte, "famille", situation_familiale="C")
        suite = porte.post(f"{ICI}identite/", ouverte | {"nationalite": "2", "continuer": "oui"})
        assert suite.status_code == 302
        assert champs_de(texte(porte.get(f"{ICI}famille/")))["situation_familiale"] == ["C"]
        assert champs_de(texte(porte.get(f"{ICI}identite/")))["nationalite"] == ["2"]

    def test_one_for_each_territory(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        ailleurs = porte.post("/nouvelle-demande/", {"commune": "Ajaccio (20000)", "parcours": "essentiel"})
        assert ailleurs.headers["Location"] == "/nouvelle-demande/02A/identite/"
        assert porte.get("/nouvelle-demande/").content.decode().count("Vous avez commencé une demande") == 2
        assert Brouillon.objects.count() == 2

    def test_a_town_nobody_knows_is_told(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        refus = porte.post("/nouvelle-demande/", {"commune": "Nulle-Part", "parcours": "essentiel"})
        assert refus.status_code == 200
        assert "Cette ville n’est pas connue" in texte(refus)
        assert not Brouillon.objects.exists()

    def test_what_is_known_here_is_proposed_and_nothing_is_asked_outside(
        self, porte: Client, fc: Fournisseur
    ) -> None:
        """Nobody has said yet why they apply: violence may be the reason, and an address leaves for nowhere."""
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        page = texte(repondre(porte, "adresse", commune="port-aur", chercher="commune"))
        choix = re.search(r'name="commune_proposition" value="([^"]+)"[^>]*><label[^>]*>Port-Aurette', page)
        assert choix
        repondre(
            porte,
            "adresse",
            **ESSENTIEL["adresse"] | {"commune": "port-aur", "commune_proposition": choix[1]},
        )
        assert champs_de(texte(porte.get(f"{ICI}adresse/")))["commune"] == ["Port-Aurette"]

    def test_the_way_walked_changes_at_any_page(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        assert repondre(porte, "adresse", **ESSENTIEL["adresse"]).headers["Location"] == f"{ICI}avec-qui/"
        change = porte.post(f"{ICI}parcours/", {"parcours": "tout", "page": "adresse"})
        assert change.headers["Location"] == f"{ICI}adresse/"
        assert repondre(porte, "adresse", **ESSENTIEL["adresse"]).headers["Location"] == f"{ICI}messages/"


class TestQui:
    """Who may not file, and is told why."""

    def test_who_follows_one_by_a_code_files_elsewhere(self, porte: Client, fc: Fournisseur) -> None:
        entrer(porte, deposer())
        ailleurs = porte.post("/nouvelle-demande/", {"commune": "Ajaccio (20000)", "parcours": "essentiel"})
        assert ailleurs.headers["Location"] == "/nouvelle-demande/02A/identite/"

    def test_under_age_is_sent_to_a_counter(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, HUGO)
        assert "/nouvelle-demande/" not in texte(porte.get("/ma-demande/"))
        refus = commencer(porte)
        assert refus.status_code == 409
        assert "Il faut avoir 18 ans" in texte(refus)

    def test_one_demande_is_enough(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        se_connecter(porte, fc, ELODIE)
        refus = commencer(porte)
        assert refus.status_code == 409
        assert "Vous avez déjà la demande" in texte(refus)
        assert demande.nud[-5:] in texte(refus)
        assert not Brouillon.objects.exists()

    def test_a_demande_that_is_looked_into_keeps_its_seniority(self, porte: Client, fc: Fournisseur) -> None:
        demande = deposer()
        figer(demande.id)
        se_connecter(porte, fc, ELODIE)
        assert commencer(porte).headers["Location"] == "/ma-demande/?verification=oui"
        assert not Brouillon.objects.exists()

    def test_nobody_reads_the_answers_of_somebody_else(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        repondre(porte, "contact", courriel="nadia@exemple.fr")
        autre = Client()
        se_connecter(autre, fc, ELODIE)
        for chemin in ("", "contact/", "relire/", "envoyee/"):
            assert autre.get(f"{ICI}{chemin}").headers["Location"] == "/nouvelle-demande/"
        autre.post(f"{ICI}recommencer/")
        assert Brouillon.objects.count() == 1

    def test_one_that_waits_is_enough(self, porte: Client, fc: Fournisseur) -> None:
        se_connecter(porte, fc, NADIA)
        commencer(porte)
        derouler(porte, ESSENTIEL)
        repondre(porte, "relire", envoyer="oui", declare="oui")
        assert "Votre demande envoyée le 24 novembre 2026" in texte(porte.get("/ma-demande/"))
        refus = commencer(porte)
        assert refus.status_code == 409
        assert "Vous avez déjà envoyé une demande" in texte(refus)
        assert porte.get(f"{ICI}contact/").headers["Location"] == f"{ICI}envoyee/"


CONJOINT = {
    "lien_demandeur": "C",
    "civilite": "1",
    "nom_naissance": "Haddad",
    "prenoms": "Karim",
    "date_naissance": "02/03/1990",
    "nationalite": "1",
    "situation_familiale": "M",
}


def enfant(rang: int, prenom: str) -> dict[str, str]:
    dits = {"nom": "Ouvrard", "prenoms": prenom, "date_naissance": "12/03/2016", "lien_parente": "E"}
    return {f"enfants-{rang}-{nom}": dit for nom, dit in dits.items()}
