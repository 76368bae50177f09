"""Somebody helps a person who authorised their body, in a real browser, by the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.registre.demande.models.demande import Demande
from tests.journeys.poste import Poste
from tests.registre.mandat.mandats import aidant, autoriser
from tests.registre.rattachement.test_suivre import relier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_a_person_is_helped_from_the_answer_to_the_renewal(asseoir: Callable[..., Poste]) -> None:
    aidante, lien = aidant(), relier(jours=340)
    autoriser(lien)
    poste = asseoir()
    page = poste.page
    poste.se_connecter(aidante)
    poste.examiner("aidante-accueil")
    page.get_by_role("link", name="Personnes aidées (1)").first.press("Enter")
    expect(page.get_by_role("heading", name="Personnes aidées", level=1)).to_be_visible()
    poste.examiner("personnes-aidees")
    page.get_by_role("table").get_by_role("link").first.press("Enter")
    expect(page.get_by_role("heading", name="Ce que la personne a signé")).to_be_visible()
    poste.examiner("aide-a-accepter")
    page.get_by_role("button", name="Accepter d’aider").press("Enter")
    expect(page.get_by_text("Vous pouvez aider cette personne jusqu’au")).to_be_visible()
    poste.examiner("personne-aidee")
    page.get_by_role("link", name="Compléter : Le logement demandé").press("Enter")
    poste.examiner("aide-completer")
    page.get_by_label("Loyer maximum").fill("610")
    page.get_by_role("button", name="Enregistrer").last.press("Enter")
    expect(page.get_by_text("C’est enregistré")).to_be_visible()
    page.get_by_role("link", name="Documents attendus").press("Enter")
    poste.examiner("aide-pieces")
    page.get_by_role("link", name="Revenir à la personne").press("Enter")
    page.get_by_role("link", name="Renouveler la demande").press("Enter")
    poste.examiner("aide-renouveler")
    page.get_by_role("button", name="Rien n’a changé").press("Enter")
    expect(page.get_by_text("La demande est renouvelée jusqu’au")).to_be_visible()
    assert Demande.objects.get(id=lien.demande_id).date_dernier_renouvellement is not None
