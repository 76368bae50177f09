"""The block « Messages » of a file, and what its page says of the e-mail address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.guichet.lecture.messages import CANAUX, ETATS, ETATS_DE_LETTRE, ISSUES, TONS
from sne.notifications.actions import noter_tentative
from sne.notifications.rules import Canal, Etat, Issue, Resultat
from sne.notifications.selectors import list_messages
from sne.notifications.tasks import service_des_messages
from sne.registre.demande.models.demande import Demande
from sne.socle.acte import Acte
from tests.notifications.factories import ADRESSE, preparer
from tests.registre import factories as f
from tests.registre.joindre.test_courriels import invalider

pytestmark = pytest.mark.django_db
REFUS = Resultat(Issue.PERMANENT, "5.1.1", "550 5.1.1 [adresse] inconnu")


def deposer() -> Demande:
    recepisse = f.deposer(f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"})))
    return Demande.objects.get(id=recepisse.demande_id)


def texte(client: Client, demande: Demande) -> str:
    page = client.get(f"/demandes/{demande.nud}/")
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_every_state_channel_and_outcome_has_words() -> None:
    assert set(CANAUX) == set(Canal)
    assert set(ETATS) == set(ETATS_DE_LETTRE) == set(TONS) == set(Etat)
    assert set(ISSUES) == set(Issue)


def test_messages_and_attempts_newest_first(agent: Client) -> None:
    demande = deposer()
    message = preparer(f.MAINTENANT, demande_id=demande.id, secours=ADRESSE)
    for heures, resultat in (
        (1, Resultat(Issue.INDISPONIBLE, "421", "Serveur d’envoi indisponible")),
        (2, REFUS),
    ):
        noter_tentative(
            message.id,
            resultat,
            acte=Acte(service_des_messages(), f.MAINTENANT + timedelta(hours=heures)),
        )
    page = texte(agent, demande)
    assert "Messages (2)" in page
    for attendu in (
        "Courriel, e•••••@exemple.fr",
        "Lettre, 99240 Les Ormeaux",
        "À imprimer",
        "Refusé : 550 5.1.1 [adresse] inconnu<br>",
        "Envoi impossible pour le moment : Serveur d’envoi indisponible (421)",
    ):
        assert attendu in page
    assert page.index("Lettre, 99240") < page.index("Courriel, e•••••")
    assert "elodie@" not in page
    assert "12 rue des Tanneurs, 99240" not in page[page.index('id="messages"') :]


def test_those_that_do_not_fit_are_said_to_be_left_out(
    agent: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    demande = deposer()
    for heures in (0, 1):
        preparer(f.MAINTENANT + timedelta(hours=heures), demande_id=demande.id)
    assert "sont affichés" not in texte(agent, demande)
    assert len(list_messages(demande.id, territoire="099", au_plus=1)) == 2, "one more, by which it is known"
    monkeypatch.setattr("sne.guichet.lecture.views.fiche.SUR_LA_PAGE", 1)
    page = texte(agent, demande)
    assert "Messages (1 derniers)" in page
    assert "Seuls les 1 messages les plus récents sont affichés." in page


def test_none_yet(agent: Client) -> None:
    assert "Aucun message envoyé à ce ménage." in texte(agent, deposer())


def test_state_beside_the_address(agent: Client) -> None:
    demande = deposer()
    assert "Non vérifiée" in texte(agent, demande)
    invalider(demande)
    assert "Refuse les messages" in texte(agent, demande)


@pytest.mark.parametrize("nombre", [1, 3])
def test_two_queries_whatever_the_number(agent: Client, nombre: int) -> None:
    demande = deposer()
    for _ in range(nombre):
        message = preparer(demande_id=demande.id)
        noter_tentative(message.id, Resultat(Issue.ACCEPTE), acte=Acte(service_des_messages(), f.MAINTENANT))
    with CaptureQueriesContext(connection) as vues:
        texte(agent, demande)
    assert sum('FROM "message' in q["sql"] for q in vues.captured_queries) == 2
