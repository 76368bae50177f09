"""The support desk on its screens: asked, read again, answered; what each reader is shown, and nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sne.assistance.models import EquipeParDefaut, Ticket, TicketEvite, TicketPiece
from sne.documents.models import Document
from sne.habilitations.models import Habilitation
from sne.habilitations.rules import Role
from sne.socle.horloge import aujourd_hui
from tests.documents.lecture.honnetes import pdf_de_typst
from tests.habilitations import factories as comptes
from tests.habilitations.factories import Nom

SAISI = {
    "categorie": "GENANT",
    "titre": "L’écran des pièces reste vide",
    "corps": "Rien ne vient, NIR 1 85 05 78 006 084 36.",
}
GUICHET = "guichet:099:G0993"


@pytest.fixture
def agent(db: None) -> Client:
    return comptes.connecter(Client(), comptes.creer_agent(nom=Nom("Awa", "Diarra")))


@pytest.fixture
def gt(db: None) -> Client:
    return comptes.connecter(Client(), comptes.creer_gestionnaire(nom=Nom("Inès", "Marceau")))


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut, reponse.content.decode()
    return reponse.content.decode()


def poster(client: Client, adresse: str, statut: int = 302, /, **champs: Any) -> str:
    reponse = client.post(adresse, champs)
    assert reponse.status_code == statut, reponse.content.decode()
    return reponse["Location"] if statut == 302 else reponse.content.decode()


def test_an_agent_asks_and_the_manager_answers(agent, gt) -> None:
    agent.get("/aide/ecran/rechercher/")
    vierge = lire(agent, "/assistance/nouvelle/?categorie=CONTENU")
    assert "Gestionnaires territoriaux du territoire" in vierge
    assert 'name="ecran" value="rechercher"' in vierge
    assert re.search(r'value="CONTENU"[^>]*checked', vierge)
    refusee = poster(agent, "/assistance/nouvelle/", 200, etape="relire", titre="Un")
    assert "Dites de quoi il s’agit." in refusee
    relue = poster(agent, "/assistance/nouvelle/", 200, etape="relire", **SAISI)
    assert "sécurité sociale a été masqué" in relue
    assert "006 084" not in relue
    assert "(1 personne)" in relue
    assert f'value="{GUICHET}" selected' in relue
    adresse = poster(
        agent,
        "/assistance/nouvelle/",
        etape="envoyer",
        partage=GUICHET,
        retenir="on",
        joindre="role",
        **SAISI,
    )
    ticket = Ticket.objects.get()
    assert adresse == f"/assistance/{ticket.numero}/"
    assert ticket.contexte == {"role": "agent de guichet"}
    assert EquipeParDefaut.objects.get().cle == GUICHET
    assert ticket.titre in lire(agent, "/assistance/vue/mes-demandes/")
    assert agent.get("/assistance/").status_code == 302
    assert "Vous vous en occupez" not in lire(gt, adresse)
    assert ticket.titre in lire(gt, "/assistance/vue/a-prendre/")
    assert poster(gt, f"{adresse}prendre/") == adresse
    assert ticket.titre in lire(gt, "/assistance/vue/a-moi/")
    poster(gt, f"{adresse}repondre/", corps="À voir entre nous.", suite="EN_COURS", interne="on")
    poster(gt, f"{adresse}repondre/", corps="Videz le cache.", suite="RESOLU")
    fil = lire(agent, adresse)
    assert "Videz le cache." in fil
    assert "entre nous" not in fil
    assert "entre nous" in lire(gt, adresse)
    assert "Résolue" in lire(agent, "/assistance/vue/mes-demandes/")
    assert "t-utile" in fil
    poster(agent, f"{adresse}utile/", reponse="OUI")
    assert "t-utile" not in lire(agent, adresse)
    poster(agent, f"{adresse}cacher/")
    assert ticket.titre not in (toutes := lire(agent, "/assistance/vue/toutes/"))
    assert 'href="/assistance/vue/masquees/"' in toutes
    assert ticket.titre in lire(agent, "/assistance/vue/masquees/")
    poster(agent, f"{adresse}cacher/", montrer="oui")
    assert "masquees" not in lire(agent, "/assistance/vue/toutes/")
    assert lire(agent, "/assistance/vue/a-prendre/", 404)


def test_national_teams_are_offered_with_how_many_will_read(agent, gt) -> None:
    """Those of all the managers and of who keeps shared files: by the role alone, and no more once it has ended."""
    gardien = comptes.creer_gestionnaire_de_fichiers("02A")
    comptes.creer_gestionnaire("02B")
    relue = poster(gt, "/assistance/nouvelle/", 200, etape="relire", **SAISI).replace("\u00a0", " ")
    assert "Gestionnaires territoriaux (1 autre personne)" in relue
    assert "Gestionnaires de fichiers partagés (1 autre personne)" in relue
    assert "toutes la liront si vous la choisissez" in relue
    cle = f"role:{Role.GESTIONNAIRE_FICHIERS_PARTAGES}"
    adresse = poster(gt, "/assistance/nouvelle/", etape="envoyer", partage=cle, **SAISI)
    lecteur = comptes.connecter(Client(), gardien)
    assert SAISI["titre"] in lire(lecteur, adresse)
    Habilitation.objects.filter(compte=gardien).update(fin=aujourd_hui())
    comptes.dire_les_retraits(gardien)
    assert lecteur.get(adresse).status_code == 403


def test_a_file_with_a_social_security_number_is_not_kept(agent, settings, tmp_path) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path
    adresse = poster(agent, "/assistance/nouvelle/", etape="envoyer", **SAISI)
    assert "Les images ne sont pas lues" in lire(agent, adresse)
    for texte, gardees in (
        ("Mon NIR est le 1 85 05 78 006 084 36.", 0),
        ("Dossier 099 0318 016982 99001.", 1),
    ):
        nom = "NIR 1 85 05 78 006 084 36.pdf"
        fichier = SimpleUploadedFile(nom, pdf_de_typst(texte), "application/pdf")
        statut = 302 if gardees else 200
        dit = poster(agent, f"{adresse}repondre/", statut, corps="Voici.", fichiers=fichier)
        assert ("contient un numéro de sécurité sociale" in dit) == (not gardees)
        assert TicketPiece.objects.count() == Document.objects.count() == gardees
    assert "006 084" not in str([*Document.objects.values(), *TicketPiece.objects.values()])


def test_what_follows_a_ticket_closed_for_long_is_tied_to_it(agent, gt) -> None:
    ancienne = poster(agent, "/assistance/nouvelle/", etape="envoyer", **SAISI)
    ticket = Ticket.objects.get()
    assert "fait suite" not in lire(agent, ancienne)
    poster(gt, f"{ancienne}repondre/", corps="Fait.", suite="RESOLU")
    Ticket.objects.update(statut="CLOS", derniere_activite_le=ticket.survenu_le - timedelta(days=60))
    saisie = f"/assistance/nouvelle/?suite={ticket.numero}"
    assert saisie in lire(agent, ancienne)
    assert f"reliée à {ticket.numero}" in lire(agent, saisie)
    champs = SAISI | {"suite": ticket.numero}
    assert f'name="suite" value="{ticket.numero}"' in poster(agent, "/assistance/nouvelle/", 200, **champs)
    nouvelle = poster(agent, "/assistance/nouvelle/", etape="envoyer", joindre="navigateur", **champs)
    assert "Suite de" in (page := lire(agent, nouvelle))
    assert "Navigateur" not in page  # none was sent by this browser
    assert "Suivie par" in lire(agent, ancienne)
    poster(agent, "/assistance/vues/nommer/", nom="À voir", vue="toutes")
    assert "Oublier «" in lire(agent, "/assistance/vue/toutes/")


def test_what_is_settled_before_sending_is_counted(agent) -> None:
    poster(agent, "/assistance/nouvelle/", etape="reglee", **SAISI)
    assert (TicketEvite.objects.get().nombre, Ticket.objects.count()) == (1, 0)
