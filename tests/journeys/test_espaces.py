"""Shared spaces in a browser: a question becomes an answer, then a page; a role ends, and everything is closed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sne.collaboratif.annonces.models import Annonce
from sne.collaboratif.calendrier.actions import creer_flux
from sne.collaboratif.calendrier.models import Rencontre
from sne.collaboratif.calendrier.rules import Couche
from sne.collaboratif.echanges.models import Contribution
from sne.collaboratif.espaces.models import Espace
from sne.collaboratif.fichiers.actions import figer, lier
from sne.collaboratif.questionnaires import actions as questionnaires
from sne.demo.generation.espaces import jouer_espaces
from sne.habilitations.actions import retirer_habilitation
from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import PROFESSIONNELS, MotifRetrait, Role
from sne.site_pro.actions.rediger import Reponse, repondre
from sne.site_pro.models import Issue, RevisionPage
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.collaboratif.test_questionnaires import nouveau
from tests.habilitations import factories as comptes
from tests.journeys.ecran import sans_defilement
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


def test_on_a_phone_by_the_keyboard_without_a_script(asseoir: Asseoir) -> None:
    """Asked, answered, accepted; an announcement said read and relayed; a meeting; a questionnaire kept then sent."""
    comptes_de = {
        Role.GESTIONNAIRE_TERRITORIAL: comptes.creer_gestionnaire(),
        Role.RESPONSABLE_GUICHET: comptes.creer_responsable(),
        Role.POLE_METIER: comptes.creer_pole_metier(),
    }
    roles = {role: comptes.acteur(compte) for role, compte in comptes_de.items()}
    jouer_espaces(roles, le=maintenant() - timedelta(minutes=1))
    gt, responsable = (asseoir(java_script_enabled=False) for _ in range(2))
    for poste, role in ((gt, Role.GESTIONNAIRE_TERRITORIAL), (responsable, Role.RESPONSABLE_GUICHET)):
        poste.page.set_viewport_size({"width": 375, "height": 800})
        poste.se_connecter(comptes_de[role])
    responsable.aller(f"{T}/")
    responsable.page.get_by_role("link", name="Poser une question").press("Enter")
    responsable.remplir(titre="Un courriel revenu", corps="Qui rappelle ?")
    responsable.page.get_by_role("button", name="Publier dans l’espace").press("Enter")
    responsable.titre("Un courriel revenu")
    gt.aller(f"{T}/")
    gt.page.get_by_role("link", name="Un courriel revenu").first.press("Enter")
    gt.remplir(corps="Le guichet.")
    gt.page.get_by_role("button", name="Répondre").press("Enter")
    gt.titre("1\u00a0réponse")
    responsable.page.reload()
    responsable.page.get_by_role("button", name="Accepter cette réponse").press("Enter")
    expect(responsable.page.get_by_role("heading", name="Réponse acceptée par")).to_be_visible()

    gt.aller("/espaces/annonces/")
    gt.page.get_by_role("link", name="La nouvelle attestation est là").press("Enter")
    gt.page.get_by_role("button", name="J’ai lu").press("Enter")
    expect(gt.page.get_by_text("Vous avez dit l’avoir lue")).to_be_visible()
    gt.page.get_by_role("link", name="Relayer à mes guichets").press("Enter")
    gt.remplir(phrase="À dire à chacun.")
    gt.page.get_by_role("button", name="Relayer").press("Enter")
    gt.titre("La nouvelle attestation est là")
    responsable.aller("/espaces/annonces/")
    responsable.page.get_by_role("link", name="La nouvelle attestation est là").press("Enter")
    expect(responsable.page.get_by_text("À dire à chacun.")).to_be_visible()

    lieu = f"/espaces/rencontre/{Rencontre.objects.get(titre='Réunion des guichets').id}/"
    responsable.aller(lieu)
    responsable.page.get_by_role("button", name="Je viens").press("Enter")
    expect(responsable.page.get_by_text("Vous êtes inscrit.").first).to_be_visible()
    responsable.aller("/espaces/questionnaires/participer-outil/")
    responsable.page.get_by_role("checkbox", name="La recette").press("Space")
    responsable.page.get_by_role("button", name="Garder pour plus tard").press("Enter")
    expect(responsable.page.get_by_text("Rien n’est encore envoyé.")).to_be_visible()
    responsable.aller("/espaces/questionnaires/participer-outil/")
    expect(responsable.page.get_by_role("checkbox", name="La recette")).to_be_checked()
    responsable.page.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    expect(responsable.page.locator("#erreurs")).to_be_visible()
    for poste, adresse in ((responsable, lieu), (gt, f"{T}/"), (gt, "/espaces/calendrier/?vue=grille")):
        poste.aller(adresse)
        poste.page.set_viewport_size({"width": 320, "height": 800})
        sans_defilement(poste.page)


def choses() -> tuple[Compte, dict[str, str]]:
    """A territorial manager, and one thing of each kind that they read: its name → its address."""
    gt = comptes.creer_gestionnaire()
    pole = comptes.acteur(comptes.creer_pole_metier())
    roles = {
        Role.GESTIONNAIRE_TERRITORIAL: comptes.acteur(gt),
        Role.RESPONSABLE_GUICHET: comptes.acteur(comptes.creer_responsable()),
        Role.POLE_METIER: pole,
    }
    jouer_espaces(roles, le=maintenant() - timedelta(minutes=1))
    acte = Acte(roles[Role.GESTIONNAIRE_TERRITORIAL], maintenant())
    ici = Espace.objects.get(code="territoire-099")
    lien = lier(ici.id, titre="Le guide", url="https://docs.numerique.gouv.fr/docs/9/", acte=acte)
    version = figer(lien.id, texte="## Un guide\n\nDes mots.", acte=acte)
    questionnaires.ouvrir_questionnaire(nouveau(cibles=[PROFESSIONNELS]), acte=Acte(pole, maintenant()))
    questionnaires.repondre("essai", {"a": "OUI", "c": ["X"]}, acte=acte)
    questionnaires.clore("essai", suites="Un guide d’une page", acte=Acte(pole, maintenant()))
    dite = Contribution.objects.filter(sujet__titre="Le code n’arrive pas").get()
    return gt, {
        "annonce": f"annonces/{Annonce.objects.get().id}",
        "rencontre": f"rencontre/{Rencontre.objects.get(titre='Réunion des guichets').id}",
        "fichier": f"fichier/{version.fichier_id}",
        "version": f"version/{version.id}",
        "lien": f"lien/{lien.id}",
        "questionnaire": "questionnaires/essai",
        "sujet": f"sujet/{dite.sujet_id}",
        "contribution": f"contribution/{dite.id}",
    }


def test_each_thing_of_a_space_is_read_at_both_widths(asseoir: Asseoir) -> None:
    gt, adresses = choses()
    poste = asseoir()
    poste.se_connecter(gt)
    lues = {nom: adresses[nom] for nom in ("annonce", "rencontre", "fichier", "version")}
    lues["couverture"] = f"{adresses['annonce']}/couverture"
    lues["resultats"] = f"{adresses['questionnaire']}/resultats"
    for nom, adresse in lues.items():
        poste.aller(f"/espaces/{adresse}/")
        poste.examiner(f"espaces-{nom}")


@pytest.mark.longue
def test_each_form_of_a_space_at_both_widths(asseoir: Asseoir) -> None:
    gt, adresses = choses()
    poste = asseoir()
    poste.se_connecter(gt)
    for chose, gestes in {
        "annonce": ("relayer",),
        "rencontre": ("changer", "suites", "annuler"),
        "fichier": ("remplacer",),
        "version": ("remarquer",),
        "lien": ("figer",),
        "sujet": ("deplacer",),
        "contribution": ("retirer", "signaler"),
    }.items():
        for geste in gestes:
            poste.aller(f"/espaces/{adresses[chose]}/{geste}/")
            poste.examiner(f"espaces-{chose}-{geste}")
    for nom in ("nouvel", "recevoir", "espace/territoire-099/fichiers/lier"):
        poste.aller(f"/espaces/{nom}/")
        poste.examiner(f"espaces-{nom.replace('/', '-')}")


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
