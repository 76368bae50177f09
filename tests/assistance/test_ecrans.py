"""The support desk on its screens: asked, read again, answered; what each reader is shown, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from sne.assistance.models import EquipeParDefaut, Ticket, TicketEvite
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
    assert "Gestionnaires territoriaux du territoire" in lire(agent, "/assistance/nouvelle/")
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
    assert ticket.titre not in lire(agent, "/assistance/vue/toutes/")
    assert lire(agent, "/assistance/vue/a-prendre/", 404)


def test_what_is_settled_before_sending_is_counted(agent) -> None:
    poster(agent, "/assistance/nouvelle/", etape="reglee", **SAISI)
    assert (TicketEvite.objects.get().nombre, Ticket.objects.count()) == (1, 0)
