"""The support desk in a browser: a question asked, its team said, three answers proposed, a file read through it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.assistance.actions.incidents import Annonce, annoncer
from sne.assistance.actions.ouvrir import NouveauTicket, ouvrir_ticket
from sne.assistance.models import Ticket
from sne.habilitations.models import Compte
from sne.recherche.actions import Publication, publier
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from sne.socle.identifiants import uuid7
from tests.habilitations import factories as comptes
from tests.journeys.poste import Poste
from tests.registre.factories import deposer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
EQUIPE = "role:GESTIONNAIRE_TERRITORIAL:099"
PARTAGE = "Partagée avec : Gestionnaires territoriaux du territoire"
NIR = "1 85 05 78 006 084 36"


def test_a_manager_asks_and_level_two_answers_with_the_file(asseoir: Asseoir) -> None:
    gt, n2 = comptes.creer_gestionnaire(), comptes.creer_support_n2()
    lentes = Annonce("Pièces lentes", "Les pièces mettent longtemps à s’ouvrir.", "pièces", ("recherche",))
    incident = annoncer(lentes, acte=Acte(comptes.acteur(n2), maintenant()))
    nud = deposer().nud
    _publier_trois_pages()
    poste = asseoir()
    poste.se_connecter(gt)
    page = poste.page
    _demander(poste, nud)
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
    aide.cocher("Note interne")
    aide.page.get_by_role("button", name="Envoyer", exact=True).click()
    aide.examiner("assistance-ticket-niveau")
    aide.page.get_by_role("link", name=nud).first.click()
    aide.page.get_by_role("button", name="Ouvrir le dossier").click()
    expect(aide.page.get_by_text("Déposée le")).to_be_visible()
    aide.examiner("assistance-dossier")
    poste.aller(f"/demandes/{nud}/historique/demandeur/")
    expect(page.get_by_text("pour répondre à une demande d’aide")).to_be_visible()
    for adresse in ("incidents", "chiffres", "equipes", "courriels", f"incidents/{incident}"):
        aide.aller(f"/assistance/{adresse}/")
        aide.examiner(f"assistance-{adresse[:10].strip('/')}{'-un' * ('/' in adresse)}")
    poste.aller("/rechercher/")
    expect(page.get_by_text("Les pièces mettent longtemps à s’ouvrir.")).to_be_visible()
    poste.examiner("assistance-bandeau")
    aide.aller(f"/assistance/{ticket.numero}/")
    aide.page.get_by_label("Votre message").fill("Videz le cache.")
    aide.page.get_by_label("Ensuite").select_option("RESOLU")
    aide.page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(aide.page.get_by_role("button", name="Proposer pour le site")).to_be_visible()

    _retrouver(poste, ticket.titre)
    _confier_au_delegue(asseoir, aide, nud, gt)


def _publier_trois_pages() -> None:
    for rang in range(3):
        publier(
            Publication(
                genre="FICHE",
                cible=uuid7(),
                url=f"/aide/pieces/{rang}/",
                acces=["*"],
                titre="Les pièces ne s’ouvrent pas",
                corps="Pièces.",
                visible_du=maintenant(),
                verifie_le=aujourd_hui(),
            )
        )


def _demander(poste: Poste, nud: str) -> None:
    """Who will read it is said before and after; its number is a chip, the other one gone; what answers is proposed."""
    page = poste.page
    poste.aller("/assistance/nouvelle/")
    poste.examiner("assistance-nouvelle")
    expect(page.get_by_text(PARTAGE).first).to_be_visible()
    poste.cocher("Quelque chose ne marche pas")
    page.get_by_label("En une phrase").fill("Les pièces ne s’ouvrent pas")
    page.get_by_label("Ce que vous faisiez", exact=False).fill(f"Dossier {nud}, NIR {NIR}.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Relire avant d’envoyer").click()
    expect(page.get_by_text("a été masqué")).to_be_visible()
    expect(page.get_by_text("Incident connu.")).to_be_visible()
    proposees = page.get_by_role("region", name="La réponse est peut-être là").get_by_role("listitem")
    expect(proposees).to_have_count(4)
    expect(page.get_by_text("006 084")).to_have_count(0)
    expect(page.get_by_text(PARTAGE).first).to_be_visible()
    expect(page.locator("main .fr-tag", has_text=nud)).to_be_visible()
    poste.examiner("assistance-relecture")
    page.get_by_role("button", name="Envoyer", exact=True).click()


def _retrouver(poste: Poste, titre: str) -> None:
    """Solved, it is still in the list; hidden, it is out of theirs alone."""
    poste.aller("/assistance/")
    expect(poste.page.get_by_role("link", name=titre)).to_be_visible()
    poste.page.get_by_role("link", name=titre).click()
    expect(poste.page.get_by_text("Entre nous")).to_have_count(0)
    poste.aller("/aide/")
    poste.examiner("assistance-aide")
    poste.aller("/assistance/vue/toutes/")
    poste.page.get_by_role("link", name=titre).click()
    poste.examiner("assistance-ticket-resolu")
    poste.page.get_by_role("button", name="Masquer pour moi").click()
    expect(poste.page.get_by_text("n’est plus dans vos listes")).to_be_visible()
    expect(poste.page.get_by_role("link", name=titre)).to_have_count(0)


def _confier_au_delegue(asseoir: Asseoir, aide: Poste, nud: str, gt: Compte) -> None:
    """Handed over to the officer, its share ends; an enquiry is opened from it."""
    secret = ouvrir_ticket(
        NouveauTicket(categorie="GENANT", titre="Vu par un inconnu", corps=f"Dossier {nud}.", partage=EQUIPE),
        acte=Acte(comptes.acteur(gt), maintenant()),
    )
    adresse = f"/assistance/{secret.numero}/"
    aide.aller(adresse)
    aide.page.get_by_label("À qui").select_option("DPO")
    aide.page.get_by_label("Pourquoi").fill("Une personne ne reconnaît pas une consultation.")
    aide.page.get_by_role("button", name="Passer", exact=True).click()
    expect(aide.page.get_by_text("Son auteur est prévenu")).to_be_visible()
    aide.aller(adresse)
    expect(aide.page.get_by_role("heading", name="Vu par un inconnu")).to_have_count(0)
    dpo = asseoir()
    dpo.se_connecter(comptes.creer_dpo())
    dpo.aller(adresse)
    expect(dpo.page.get_by_text("Confidentielle")).to_be_visible()
    expect(dpo.page.get_by_text("jusqu’au")).to_be_visible()
    dpo.examiner("assistance-ticket-dpo")
    dpo.page.get_by_text("Ouvrir une enquête sur").get_by_role("link", name=nud).click()
    expect(dpo.page.get_by_role("heading", name="enquête").first).to_be_visible()
