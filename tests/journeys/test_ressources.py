"""Known resources on the screen: read beside what is declared, explained on a page to print, accessible."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.guichet.test_ressources import declaree
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre.ressources.ressources import repondre

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_lues_puis_expliquees(asseoir: Callable[..., Poste]) -> None:
    demande = declaree()
    repondre(demande.id)
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{demande.nud}/")
    poste.titre("Ressources connues de l’administration")
    poste.examiner("ressources-dossier")
    lien = poste.page.get_by_role("link", name="À qui signaler une erreur")
    lien.focus()
    poste.page.keyboard.press("Enter")
    poste.titre("À qui signaler une erreur")
    expect(poste.page.locator("main")).to_contain_text("L’employeur, qui corrige sa déclaration")
    poste.examiner("ressources-explication")
