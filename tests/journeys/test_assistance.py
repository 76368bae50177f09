"""The support desk in a browser: a question asked, its team said, three answers proposed, a file read through it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.assistance.actions.incidents import Annonce, annoncer
from sne.assistance.models import Ticket
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes
from tests.journeys.poste import Poste
from tests.registre.factories import deposer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
NIR = "1 85 05 78 006 084 36"


def test_a_manager_asks_and_level_two_answers_with_the_file(asseoir: Asseoir) -> None:
    gt, n2 = comptes.creer_gestionnaire(), comptes.creer_support_n2()
    annoncer(
        Annonce("Pièces lentes", "Les pièces mettent longtemps à s’ouvrir.", "pièces"),
        acte=Acte(comptes.acteur(n2), maintenant()),
    )
    nud = deposer().nud
    poste = asseoir()
    poste.se_connecter(gt)
    page = poste.page
    poste.aller("/assistance/nouvelle/")
    poste.examiner("assistance-nouvelle")
    page.get_by_label("Quelque chose ne marche pas", exact=False).check()
    page.get_by_label("En une phrase").fill("Les pièces ne s’ouvrent pas")
    page.get_by_label("Ce que vous faisiez", exact=False).fill(f"Dossier {nud}, NIR {NIR}.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.get_by_text("a été masqué")).to_be_visible()
    expect(page.get_by_text("Incident connu.")).to_be_visible()
    expect(page.locator("main .fr-tag", has_text=nud)).to_be_visible()
    poste.examiner("assistance-relecture")
    page.get_by_role("button", name="Envoyer").click()
    ticket = Ticket.objects.get()
    poste.titre("Les pièces ne s’ouvrent pas")
    poste.examiner("assistance-ticket-auteur")

    aide = asseoir()
    aide.se_connecter(n2)
    aide.aller("/assistance/vue/a-prendre/")
    aide.examiner("assistance-liste")
    aide.page.keyboard.press("j")
    expect(aide.page.get_by_role("link", name=ticket.titre)).to_be_focused()
    aide.page.keyboard.press("Enter")
    aide.page.get_by_role("button", name="Je m’en occupe").click()
    aide.page.get_by_label("Votre message").fill("Entre nous, le cache.")
    aide.page.get_by_text("Note interne", exact=False).first.click()
    aide.page.get_by_role("button", name="Envoyer").click()
    aide.examiner("assistance-ticket-niveau")
    aide.page.get_by_role("link", name=nud).first.click()
    aide.page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(aide.page.get_by_text("Déposée le")).to_be_visible()
    aide.examiner("assistance-dossier")
    for adresse in ("incidents", "chiffres", "equipes", "courriels"):
        aide.aller(f"/assistance/{adresse}/")
        aide.examiner(f"assistance-{adresse}")
    aide.aller(f"/assistance/{ticket.numero}/")
    aide.page.get_by_label("Votre message").fill("Videz le cache.")
    aide.page.get_by_label("Ensuite").select_option("RESOLU")
    aide.page.get_by_role("button", name="Envoyer").click()
    expect(aide.page.get_by_role("button", name="Proposer pour le site")).to_be_visible()

    poste.aller("/assistance/")
    expect(page.get_by_role("link", name=ticket.titre)).to_be_visible()
    page.get_by_role("link", name=ticket.titre).click()
    expect(page.get_by_text("Entre nous")).to_have_count(0)
    poste.aller("/aide/")
    poste.examiner("assistance-aide")
