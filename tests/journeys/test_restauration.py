"""A demande taken over, put back by two managers in front of two screens, then read by the counter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre.pieces import pieces
from tests.registre.restauration.detournements import ENFANT_DU_VOLEUR, deposer_elodie, voler

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


def test_from_the_alert_to_the_household_s_own_demande(asseoir: Asseoir) -> None:
    vol = maintenant() - timedelta(days=90)
    demande = deposer_elodie(le=vol - timedelta(days=200))
    pieces.joindre(demande.id, le=vol - timedelta(days=10))
    pieces.joindre(demande.id, pieces.IMPOT, le=vol - timedelta(days=5))
    voler(demande.id, le=vol, foyer={"personnes_a_charge": [ENFANT_DU_VOLEUR]})
    pieces.joindre(demande.id, le=vol)
    premier = asseoir()
    premier.se_connecter(creer_gestionnaire())
    premier.aller(f"/demandes/{demande.nud}/enquete/")
    premier.cocher("Signalement reçu")
    premier.cocher("Figer le dossier tout de suite")
    page = premier.page
    page.get_by_role("button", name="Ouvrir l’enquête").click()
    page.get_by_role("link", name="avec son passé").click()
    premier.examiner("retablir-moments")
    page.locator("tr", has_text="Autre personne").nth(1).get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Une demande à part pour l’autre foyer")
    premier.cocher("Dubreuil Élodie, du", dans="form")
    premier.examiner("retablir-comparer")
    page.get_by_label("Ce que vous avez constaté").fill(
        "La personne n’a rien demandé, son acte de naissance est lu."
    )
    page.get_by_role("button", name="Demander le retour").click()
    expect(page.locator("main")).to_contain_text("une autre personne doit décider")
    premier.examiner("enquete-retour-demande")
    page.get_by_role("link", name="Retour à l’état du").click()
    adresse = page.url
    second = asseoir()
    second.se_connecter(creer_gestionnaire())
    second.page.goto(adresse)
    expect(second.page.locator("main")).to_contain_text("Restent, arrivées depuis")
    second.examiner("retablir-decider")
    second.cocher("Accepter", dans="main")
    second.page.get_by_role("button", name="Enregistrer la décision").click()
    expect(second.page.locator("main")).to_contain_text("Demande rétablie comme elle était le")
    second.examiner("enquete-retablie")
    agent = asseoir()
    agent.se_connecter(creer_agent())
    agent.aller(f"/demandes/{demande.nud}/")
    expect(agent.page.locator("main")).to_contain_text("Demande rétablie comme elle était")
    expect(agent.page.locator("body")).to_contain_text("Dubreuil")
    agent.examiner("demande-retablie")
