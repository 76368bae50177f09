"""An enquiry from the file to its end, by two managers; the counter reads that the file is frozen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent, creer_gestionnaire
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


def test_from_the_file_to_the_lifting(asseoir: Asseoir) -> None:
    nud = f.deposer(le=maintenant()).nud
    premier = asseoir()
    premier.se_connecter(creer_gestionnaire())
    premier.aller(f"/demandes/{nud}/enquete/")
    page = premier.page
    premier.cocher("Signalement reçu")
    premier.cocher("Figer le dossier tout de suite")
    premier.examiner("enquete-ouvrir")
    page.get_by_role("button", name="Ouvrir l’enquête").click()
    page.get_by_label("Note").fill("La personne a rappelé : elle n’a rien demandé.")
    page.get_by_role("button", name="Ajouter à l’enquête").click()
    page.get_by_label("Pourquoi lever le gel").fill("Acte de naissance lu")
    page.get_by_role("button", name="Demander la levée du gel").click()
    expect(page.locator("main")).to_contain_text("Une autre personne doit décider.")
    adresse = page.url
    premier.examiner("enquete-attente")
    premier.aller("/enquetes/")
    premier.examiner("enquetes")
    agent = asseoir()
    agent.se_connecter(creer_agent())
    agent.aller(f"/demandes/{nud}/")
    expect(agent.page.locator("main")).to_contain_text("Dossier figé depuis le")
    agent.examiner("demande-figee")
    second = asseoir()
    second.se_connecter(creer_gestionnaire())
    second.page.goto(adresse)
    second.cocher("Lever le gel", dans="main")
    second.examiner("enquete-decider")
    second.page.get_by_role("button", name="Enregistrer la décision").click()
    expect(second.page.locator("main")).to_contain_text("Gel levé")
    second.examiner("enquete-a-clore")
