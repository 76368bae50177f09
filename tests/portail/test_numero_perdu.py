"""A lost number: sent to a contact on file and nowhere else, told the same to everybody, counted."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.socle.templatetags.socle_tags import numero
from tests.portail.conftest import servie_par_le_portail
from tests.portail.test_code import deposer, distribuer, proteger, sans_jeton
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import figer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("un_jour_sans_fin")]
NAISSANCE = "14/03/1987"


def demander(porte: Client, contact: str = a.AVANT, naissance: str = NAISSANCE) -> Any:
    return porte.post("/numero-perdu/", {"contact": contact, "naissance": naissance})


def recus() -> list[tuple[str, str]]:
    messages = Message.objects.filter(genre="NUMERO_RETROUVE").order_by("inscrit_le", "id")
    return [(lu.destinataire, lu.contexte["numeros"]) for m in messages if (lu := get_contenu(m.id))]


@pytest.mark.parametrize("contact", [a.AVANT, a.MOBILE])
def test_the_number_goes_to_the_contact_on_file(porte: Client, contact: str) -> None:
    demande = deposer()
    demander(porte, contact)
    for _ in range(2):  # the job runs twice
        distribuer()
    assert recus() == [(a.AVANT if contact == a.AVANT else "+33611223344", numero(demande.nud))]


CAS: dict[str, Any] = {
    "fits": (lambda d: None, a.AVANT, NAISSANCE, 1),
    "another day": (lambda d: None, a.AVANT, "15/03/1987", 0),
    "another contact": (lambda d: None, "autre@exemple.fr", NAISSANCE, 0),
    "a foreign mobile": (lambda d: None, "+1 202 555 0123", NAISSANCE, 0),
    "protected": (proteger, a.AVANT, NAISSANCE, 0),
    "frozen": (lambda d: figer(d.id), a.AVANT, NAISSANCE, 0),
}


@pytest.mark.parametrize("cas", CAS)
def test_whether_it_fits_is_said_to_the_contact_alone(porte: Client, cas: str) -> None:
    """The same bytes, the same number of statements as for somebody of whom nothing is known."""
    preparer, contact, naissance, partis = CAS[cas]
    preparer(deposer())
    vus = []
    for ou, quand in ((contact, naissance), ("personne@exemple.fr", "01/02/1990")):
        porte.get("/numero-perdu/")
        with CaptureQueriesContext(connection) as requetes:
            reponse = demander(porte, ou, quand)
        page = porte.get(reponse.headers["Location"])
        vus.append((reponse.status_code, reponse.headers["Location"], sans_jeton(page), len(requetes)))
    assert vus[0] == vus[1]
    assert vus[0][:2] == (302, "/numero-perdu/envoye/")
    distribuer()
    assert len(recus()) == partis


def test_a_foreign_mobile_on_file_is_sent_nothing(porte: Client) -> None:
    deposer(a.contenu(mobile="+12025550123"))
    demander(porte, "+1 202 555 0123")
    distribuer()
    assert not recus()


def test_what_is_asked_too_often_is_refused_to_everybody_alike(porte: Client) -> None:
    deposer()
    for contact in (a.AVANT, "personne@exemple.fr"):
        assert [demander(Client(), contact).status_code for _ in range(4)] == [302, 302, 302, 429]


@pytest.mark.parametrize(
    ("contact", "naissance", "phrase"),
    [
        ("", NAISSANCE, "tapez une adresse électronique ou un téléphone portable"),
        ("elodie", NAISSANCE, "tapez une adresse électronique entière"),
        (a.AVANT, "", "tapez votre date de naissance"),
        (a.AVANT, "31/02/1987", "tapez le jour, le mois et l’année"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(
    porte: Client, contact: str, naissance: str, phrase: str
) -> None:
    page = demander(porte, contact, naissance).content.decode()
    assert phrase in page
    assert all(f'value="{valeur}"' in page for valeur in (contact, naissance) if valeur)


@pytest.mark.django_db(transaction=True)
def test_the_rights_of_the_portal_are_enough(porte: Client) -> None:
    deposer()
    with servie_par_le_portail():
        assert demander(porte).status_code == 302
    distribuer()
    assert len(recus()) == 1
