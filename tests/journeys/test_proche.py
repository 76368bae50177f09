"""A relative is invited, signs, renews, is stopped: two phones, no script of ours, every page examined."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.mandat.rules.proche import grouper
from sne.registre.mandat.selectors.invitations import get_code
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture
from tests.portail.test_renouveler import deposer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def entrer(asseoir: Callable[..., Poste], adresse: str, nom: str) -> Page:  # noqa: F811
    """A phone, somebody whom FranceConnect vouches for."""
    page = asseoir().page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/connexion/")
    page.locator(".fr-connect").press("Enter")
    page.get_by_role("button", name=nom).press("Enter")
    return page


def test_a_relative_helps_from_the_invitation_to_the_end(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    deposer(jours=340)
    with franceconnect_joue(settings, adresse):
        elodie, nadia = entrer(asseoir, adresse, "Élodie"), entrer(asseoir, adresse, "Nadia")
        elodie.get_by_role("link", name="Qui m’aide").press("Enter")
        elodie.get_by_role("link", name="Inviter un proche").press("Enter")
        elodie.get_by_role("button", name="Relire avant de signer").press("Enter")
        expect(elodie.get_by_text("Tapez le prénom et le nom").first).to_be_visible()
        examiner(elodie, "aide-proche-erreur")
        elodie.get_by_label("Son prénom et son nom").fill("Nadia Ouvrard")
        elodie.get_by_label("Son adresse électronique").fill("nadia@exemple.fr")
        for portee in ("Lire ma demande", "Renouveler ma demande", "6 mois"):
            elodie.locator("label", has_text=portee).click()
        elodie.get_by_role("button", name="Relire avant de signer").press("Enter")
        examiner(elodie, "aide-proche-signer")
        elodie.get_by_role("button", name="Je signe").press("Enter")
        expect(elodie.get_by_text("Cette personne doit accepter avant")).to_be_visible()
        examiner(elodie, "aide-proche-invitee")
        nadia.get_by_role("link", name="Aider un proche").press("Enter")
        examiner(nadia, "proches")
        nadia.get_by_label("Code reçu").fill(grouper(get_code(MandatAide.objects.get().id)))
        nadia.get_by_role("button", name="Lire l’invitation").press("Enter")
        examiner(nadia, "proche-invitation")
        nadia.get_by_role("button", name="J’accepte d’aider").press("Enter")
        expect(nadia.get_by_text("Les personnes à loger")).to_be_visible()
        examiner(nadia, "proche")
        suite = nadia.url.removeprefix(adresse)
        for langue in ("ar", "pt"):
            nadia.goto(f"{adresse}/{langue}{suite}")
            examiner(nadia, f"proche-{langue}")
        nadia.goto(f"{adresse}{suite}")
        nadia.get_by_role("link", name="Renouveler la demande").press("Enter")
        examiner(nadia, "proche-renouveler")
        nadia.get_by_role("button", name="Rien n’a changé, renouveler").press("Enter")
        expect(nadia.get_by_text("La demande est renouvelée.")).to_be_visible()
        elodie.reload()
        elodie.get_by_role("button", name="Arrêter cette aide").press("Enter")
        expect(elodie.get_by_text("Cette aide est terminée")).to_be_visible()
        nadia.reload()
        expect(nadia.get_by_text("Vous ne voyez plus rien de cette demande")).to_be_visible()
