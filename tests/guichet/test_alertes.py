"""Alerts to counters on screen: from a line of the recap to the end, each side with its own forms."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.socle.acte import Acte
from sne.suivi.actions.alerter import clore_alerte, ouvrir_alerte
from sne.suivi.actions.exporter import Periode
from sne.suivi.models import AlerteGuichet
from sne.suivi.selectors import alertes
from tests.guichet.parcours import texte
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire
from tests.registre import factories as f
from tests.suivi.factories import OCTOBRE, remarquable

NOUVELLE = {"guichet": "G0993", "de": "2026-10", "a": "2026-10", "texte": "Pourquoi ces changements ?"}


@pytest.fixture
def gestionnaire(compte: Compte) -> Client:
    remarquable()
    return connecter(Client(), creer_gestionnaire())


def ouvrir(client: Client) -> str:
    """A question to G0993; the address of its page."""
    client.post(reverse("alerte-nouvelle"), NOUVELLE)
    return reverse("alerte", args=[AlerteGuichet.objects.get().id])


def ouvertes(*guichets: str, acte: Acte) -> list[uuid.UUID]:
    """A question to each of these counters, about October."""
    periode = Periode(OCTOBRE, OCTOBRE)
    return [ouvrir_alerte(guichet, periode, texte="Pourquoi ?", acte=acte) for guichet in guichets]


def actes(page: str) -> list[str]:
    """What the page offers to do."""
    return re.findall(r'name="acte" value="(\w+)"', page)


def test_a_line_of_the_recap_leads_to_the_question(gestionnaire: Client) -> None:
    recap = texte(gestionnaire.get(reverse("recapitulatif")))
    adresse = "/suivi/alertes/nouvelle/?guichet=G0993&amp;mois=2026-10"
    assert adresse in recap
    page = texte(gestionnaire.get(adresse.replace("&amp;", "&")))
    assert '<option value="G0993" selected>' in page
    page = texte(gestionnaire.post(reverse("alerte-nouvelle"), NOUVELLE, follow=True))
    assert "Alerte envoyée au guichet" in page
    assert "Personne n’est responsable de ce guichet" in page
    assert "Pourquoi ces changements ?" in page
    assert "répond avant le 01/12/2026" in page
    assert actes(page) == ["clore"]


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("guichet", "", "Choisissez un guichet"),
        ("texte", "", "Écrivez votre question."),
        ("texte", "NIR 2 87 03 99 123 456 78", "Retirez le numéro de sécurité sociale"),
        ("a", "1999-01", "Ce mois n’a pas de récapitulatif"),
    ],
)
def test_a_wrong_question_is_said_and_nothing_typed_is_lost(
    gestionnaire: Client, champ: str, valeur: str, phrase: str
) -> None:
    page = texte(gestionnaire.post(reverse("alerte-nouvelle"), NOUVELLE | {champ: valeur}))
    assert phrase in page
    assert not AlerteGuichet.objects.exists()
    if champ != "texte":
        assert NOUVELLE["texte"] in page


def test_a_second_question_to_the_same_counter_is_refused(gestionnaire: Client) -> None:
    ouvrir(gestionnaire)
    assert "déjà ouverte" in texte(gestionnaire.post(reverse("alerte-nouvelle"), NOUVELLE))


def test_the_counter_answers_then_the_territory_follows_up_and_closes(
    gestionnaire: Client, responsable: Client
) -> None:
    adresse = ouvrir(gestionnaire)
    page = texte(responsable.get(adresse))
    assert actes(page) == ["repondre", "designer"]
    assert "Alertes aux guichets" in texte(responsable.get(reverse("accueil")))
    assert "Écrivez votre réponse." in texte(responsable.post(adresse, {"acte": "repondre", "texte": ""}))
    nir = {"acte": "repondre", "texte": "2 87 03 99 123 456 78"}
    assert "Retirez le numéro" in texte(responsable.post(adresse, nir))
    page = texte(responsable.post(adresse, {"acte": "repondre", "texte": "Deux mariages."}, follow=True))
    assert "Réponse envoyée" in page
    assert actes(page) == []
    page = texte(gestionnaire.get(adresse))
    assert "Personne n’est responsable" not in page
    assert actes(page) == ["relancer", "clore"]
    page = texte(gestionnaire.post(adresse, {"acte": "relancer", "texte": "Et les autres ?"}, follow=True))
    assert "autre question" in page
    responsable.post(adresse, {"acte": "repondre", "texte": "Aussi."})
    assert "Choisissez le motif" in texte(gestionnaire.post(adresse, {"acte": "clore"}))
    cloture = {"acte": "clore", "motif": "CORRECTION_HONNETE", "texte": ""}
    page = texte(gestionnaire.post(adresse, cloture, follow=True))
    assert "Correction justifiée par une pièce" in page
    assert actes(page) == []
    assert "L’alerte est close." in texte(responsable.get(adresse))


def test_an_agent_designated_answers(gestionnaire: Client, responsable: Client, agent: Client) -> None:
    adresse, choisie = ouvrir(gestionnaire), creer_agent()
    designee = connecter(Client(), choisie)
    assert designee.get(adresse).status_code == 404
    page = texte(responsable.post(adresse, {"acte": "designer", "compte": str(choisie.id)}, follow=True))
    assert "Agent désigné" in page
    assert actes(texte(designee.get(adresse))) == ["repondre"]
    assert "G0993" in texte(designee.get(reverse("alertes")))
    assert agent.get(adresse).status_code == 404
    assert "Aucune alerte" in texte(agent.get(reverse("alertes")))
    assert agent.get(reverse("alerte-nouvelle")).status_code == 403


def test_queries_do_not_grow_with_alerts(gestionnaire: Client) -> None:
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT)
    ouvertes("G0993", acte=acte)
    gestionnaire.get(reverse("alertes"))
    with CaptureQueriesContext(connection) as une:
        gestionnaire.get(reverse("alertes"))
    ouvertes("G0991", "G0992", acte=acte)
    with CaptureQueriesContext(connection) as trois:
        page = texte(gestionnaire.get(reverse("alertes")))
    assert page.count('<th scope="row">') == 3
    assert len(trois) == len(une)


def test_an_open_alert_is_before_closed_ones_and_all_are_read(
    gestionnaire: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT)
    vieille, close = ouvertes("G0993", "G0991", acte=acte)
    clore_alerte(close, motif="ERREUR_SAISIE", texte="", acte=acte)
    [ancienne] = ouvertes("G0992", acte=Acte(acte.acteur, f.ANCIEN))
    monkeypatch.setattr(alertes, "PAR_PAGE", 1)
    adresse, lues = reverse("alertes"), []
    for _ in range(3):
        page = texte(gestionnaire.get(adresse))
        lues += re.findall(r'<th scope="row"><a href="([^"]+)"', page)
        suite = re.search(r'href="([?][^"]+)" rel="next"', page)
        adresse = reverse("alertes") + (suite[1] if suite else "")
    assert suite is None
    assert lues == [reverse("alerte", args=[cle]) for cle in (vieille, ancienne, close)]


def test_what_follows_an_alert_closed_while_its_page_is_read_is_not_passed_over(
    gestionnaire: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    acte = Acte(f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL), f.MAINTENANT)
    seconde, premiere = ouvertes("G0993", "G0991", acte=acte)
    monkeypatch.setattr(alertes, "PAR_PAGE", 1)
    page = texte(gestionnaire.get(reverse("alertes")))
    assert reverse("alerte", args=[premiere]) in page
    suite = re.search(r'href="([?][^"]+)" rel="next"', page)
    assert suite
    clore_alerte(premiere, motif="ERREUR_SAISIE", texte="", acte=acte)
    page = texte(gestionnaire.get(reverse("alertes") + suite[1]))
    assert reverse("alerte", args=[seconde]) in page
