"""A household asks the desk from its phone, is answered, goes on: each page examined, in Arabic too."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from sne.assistance.actions.incidents import Annonce, annoncer
from sne.assistance.actions.menages import reprendre_les_mots
from sne.assistance.actions.repondre import Ecrit, ecrire
from sne.assistance.models import Ticket
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes
from tests.journeys.ecran import LARGEURS, examiner
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_a_household_asks_and_is_answered(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    n1, n2 = (comptes.acteur(creer()) for creer in (comptes.creer_support, comptes.creer_support_n2))
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    nud = a.deposer(nee, le=f.ANCIEN).nud
    incident = Annonce("Portail lent", "Le portail est lent ce matin.", "", ("portail",))
    annoncer(incident, acte=Acte(n2, maintenant()))
    with franceconnect_joue(settings, adresse):
        page = asseoir().page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/connexion/")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Élodie Anne").press("Enter")
        page.get_by_role("link", name="Mes questions à l’assistance").press("Enter")
        examiner(page, "menage-assistance-vide")
        page.get_by_role("link", name="Poser une question").press("Enter")
        page.get_by_role("button", name="Envoyer à l’assistance").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        examiner(page, "menage-assistance-erreurs")
        page.get_by_text("J’ai une question sur ma demande").click()
        page.get_by_label("En une phrase").fill("Où est mon attestation ?")
        page.get_by_label("Votre message").fill("Je ne la trouve pas.")
        page.get_by_role("button", name="Envoyer à l’assistance").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("C’est envoyé")
        examiner(page, "menage-assistance-envoyee")
        assert reprendre_les_mots(acte=Acte(n1, maintenant())) == 1
        ticket = Ticket.objects.get()
        for dit in (
            Ecrit(corps="Zibeline entre nous.", interne=True),
            Ecrit(corps="Elle est dans **Mes attestations**. L’avez-vous ?", suite="ATTENTE_DEMANDEUR"),
        ):
            ecrire(ticket.numero, dit, acte=Acte(n1, maintenant()))
        page.reload()
        expect(page.get_by_text("Mes attestations")).to_be_visible()
        expect(page.get_by_text("Zibeline")).to_have_count(0)
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 800})
            for langue in ("", "ar/"):
                page.goto(f"{adresse}/{langue}ma-demande/{nud}/assistance/")
                examiner(page, f"menage-assistance-{langue.strip('/') or 'fr'}")
                page.goto(f"{adresse}/{langue}ma-demande/{nud}/assistance/nouvelle/")
                examiner(page, f"menage-assistance-nouvelle-{langue.strip('/') or 'fr'}")
        ecrire(ticket.numero, Ecrit(corps="C’est fait.", suite="RESOLU"), acte=Acte(n1, maintenant()))
        page.goto(f"{adresse}/ma-demande/{nud}/assistance/")
        page.set_viewport_size({"width": 375, "height": 800})
        expect(page.get_by_role("group", name="La réponse vous a-t-elle aidé")).to_be_visible()
        examiner(page, "menage-assistance-avis")
        page.get_by_role("button", name="Oui", exact=True).press("Enter")
        expect(page.get_by_role("status").get_by_text("Merci de votre avis.")).to_be_visible()
        expect(page.get_by_role("group", name="La réponse vous a-t-elle aidé")).to_have_count(0)
        assert reprendre_les_mots(acte=Acte(n1, maintenant())) == 1
        ticket.refresh_from_db()
        assert ticket.satisfaction == "OUI"
