"""Shared spaces in a browser: a question becomes an answer, then a page; a role ends, and everything is closed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sne.collaboratif.calendrier.actions import creer_flux
from sne.collaboratif.calendrier.rules import Couche
from sne.demo.generation.espaces import jouer_espaces
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import MotifRetrait, Role
from sne.site_pro.actions.rediger import Reponse, repondre
from sne.site_pro.models import Issue, RevisionPage
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations import factories as comptes
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]
T = "/espaces/espace/territoire-099"


def test_a_question_becomes_a_page_and_a_role_that_ends_closes_everything(asseoir: Asseoir) -> None:
    gt, responsable = comptes.creer_gestionnaire(), comptes.creer_responsable()
    pole, autre = comptes.creer_pole_metier(), comptes.creer_pole_metier()
    acteurs = {
        Role.GESTIONNAIRE_TERRITORIAL: comptes.acteur(gt),
        Role.RESPONSABLE_GUICHET: comptes.acteur(responsable),
        Role.POLE_METIER: comptes.acteur(pole),
    }
    jouer_espaces(acteurs, le=maintenant() - timedelta(minutes=1))
    demande, repond = asseoir(), asseoir()
    demande.se_connecter(responsable)
    repond.se_connecter(gt)
    demander_et_repondre(demande, repond)
    publier(demande, repond, Acte(comptes.acteur(autre), maintenant()))
    for nom in ("equipes", "fichiers", "fichiers/deposer", "equipes/changer", "recevoir"):
        repond.aller(f"{T}/{nom}/")
        repond.examiner(f"espace-{nom.replace('/', '-')}")
    for nom in (
        *("annonces", "annonces/nouvelle", "calendrier", "calendrier/?vue=grille", "calendrier/inscrire"),
        *("calendrier/abonnement", "questionnaires", "questionnaires/pgp-besoins", "essai/outil-volontaires"),
    ):
        repond.aller(f"/espaces/{nom}{'' if '?' in nom else '/'}")
        repond.examiner(f"espaces-{nom.replace('/', '-').replace('?', '')}")
    tenir(asseoir(), pole)
    finir(repond, gt)


def tenir(poste: Poste, pole: Compte) -> None:
    """What the one who runs trials and questionnaires fills in; what is missing is said and nothing is lost."""
    poste.se_connecter(pole)
    for nom in (
        "essais",
        "essais/nouvel",
        "essai/outil-volontaires",
        "essai/outil-volontaires/clore",
        "parties",
    ):
        poste.aller(f"/espaces/{nom}/")
        poste.examiner(f"tient-{nom.replace('/', '-')}")
    for nom in ("parties/tableurs", "questionnaires", "questionnaires/pgp-besoins/participation"):
        poste.aller(f"/espaces/{nom}/")
        poste.examiner(f"tient-{nom.replace('/', '-')}")
    poste.aller("/espaces/essais/nouvel/")
    poste.remplir(nom="Essai d’automne", places="2")
    poste.page.get_by_role("button", name="Ouvrir l’essai").click()
    expect(poste.page.locator("#erreurs")).to_be_visible()
    expect(poste.page.locator("#id_nom")).to_have_value("Essai d’automne")
    poste.examiner("tient-essais-nouvel-erreurs")


def demander_et_repondre(demande: Poste, repond: Poste) -> None:
    """A question, refused then asked, is answered from the keyboard, and the answer accepted."""
    demande.page.get_by_role("link", name="Espaces", exact=True).click()
    demande.titre("Espaces")
    demande.examiner("espaces")
    lignes = (
        "a => { const t = document.createRange(); t.selectNodeContents(a); return t.getClientRects().length }"
    )
    menu = demande.page.get_by_role("navigation", name="Menu principal").get_by_role("link").all()
    assert {lien.evaluate(lignes) for lien in menu} == {1}, "a long menu cuts no word"
    demande.aller(f"{T}/")
    demande.examiner("espace")
    demande.page.get_by_role("link", name="Poser une question").click()
    demande.page.get_by_role("button", name="Publier dans l’espace").click()
    expect(demande.page.locator("#erreurs")).to_contain_text("résumez votre question")
    demande.examiner("espace-question-erreurs")
    demande.remplir(titre="Une adresse introuvable", corps="Faut-il **attendre** ?")
    demande.page.get_by_role("button", name="Publier dans l’espace").click()
    demande.titre("Une adresse introuvable")

    repond.aller("/espaces/")
    expect(repond.page.get_by_text("questions sans réponse")).to_be_visible()
    repond.aller(f"{T}/")
    repond.page.get_by_role("link", name="Une adresse introuvable").first.click()
    repond.remplir(corps="Non : saisissez-la librement.")
    repond.page.get_by_role("button", name="Répondre").press("Enter")
    repond.titre("Une adresse introuvable")
    demande.page.reload()
    demande.page.get_by_role("button", name="Accepter cette réponse").click()
    expect(demande.page.get_by_role("heading", name="Réponse acceptée par")).to_be_visible()
    demande.examiner("sujet")


def publier(demande: Poste, repond: Poste, publie: Acte) -> None:
    """The answer becomes a page of the site, which its topic leads to."""
    demande.page.get_by_role("button", name="Proposer pour le site").click()
    demande.titre("Nouvelle page")
    demande.choisir(theme="vie")
    demande.remplir(adresse="vie/adresse-introuvable", reponse="Saisissez-la librement.")
    demande.cocher("Agents de guichet", "#ecrire")
    demande.cocher("Tout le monde", "#ecrire")
    demande.page.get_by_role("button", name="Soumettre à relecture").click()
    demande.titre("Mes textes")
    repondre(RevisionPage.objects.get().id, Reponse(Issue.PUBLIEE), acte=publie)
    repond.page.reload()
    repond.page.get_by_role("link", name="Une adresse introuvable").last.click()
    expect(repond.page.get_by_text("Saisissez-la librement.").first).to_be_visible()


def finir(repond: Poste, gt: Compte) -> None:
    """A role ends: spaces, announcements, search and feed are closed the same second."""
    secret = creer_flux(list(Couche), acte=Acte(comptes.acteur(gt), maintenant()))
    flux = f"/espaces/calendrier/{secret}.ics"
    assert repond.page.request.get(repond.adresse + flux).status == 200
    tenue = Habilitation.objects.get(compte=gt)
    retirer_habilitation(
        tenue.id, motif=MotifRetrait.MISSION_TERMINEE, acte=Acte(comptes.SYSTEME, maintenant())
    )
    demander = repond.page.request.get
    assert [demander(repond.adresse + a).status for a in (f"{T}/", "/espaces/", "/espaces/annonces/")] == [
        403
    ] * 3
    assert demander(repond.adresse + flux).status == 404
    repond.aller("/aide/chercher/?q=adresse+introuvable")
    expect(repond.page.get_by_text("Sujet d’un espace")).to_have_count(0)
