"""Nothing typed is lost: two tabs on one draft; a session that ended while somebody was typing."""

import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from tests.habilitations.factories import MOT_DE_PASSE, code_de, creer_agent
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


@pytest.fixture
def agent() -> Compte:
    return creer_agent()


def ouvrir(poste: Poste) -> str:
    """Begin a registration; the address of its draft."""
    poste.commencer_une_demande("Leca", "Léa", "02031987")
    poste.titre("Le foyer, le travail et les ressources")
    return poste.page.url.removeprefix(poste.adresse).rsplit("/foyer/", 1)[0]


def test_deux_onglets_sur_un_brouillon(asseoir: Asseoir, agent: Compte) -> None:
    un = asseoir()
    un.se_connecter(agent)
    autre = Poste(un.page.context.new_page(), un.adresse)
    brouillon = ouvrir(un)
    for onglet in (un, autre):
        onglet.aller(f"{brouillon}/foyer/")
    un.page.get_by_role("button", name="Ajouter un enfant", exact=True).click()
    expect(un.page.locator("#id_enfants-1-nom")).to_be_focused()
    un.remplir(enfants__1__nom="Été", enfants__1__prenoms="Lou", enfants__1__date_naissance="02052021")
    un.continuer()
    un.titre("Logement actuel et motifs")

    autre.remplir(nombre="beaucoup")
    autre.continuer()
    autre.titre("1\u00a0champ à corriger")
    expect(autre.page.locator("main")).to_contain_text("Ce brouillon a été enregistré ailleurs à")
    autre.examiner("brouillon-depasse")
    autre.remplir(nombre="1", date_prevue="15012027")
    autre.continuer()
    autre.titre("Logement actuel et motifs")
    expect(autre.page.locator("main")).to_contain_text("ils sont réunis")
    autre.aller(f"{brouillon}/foyer/")
    expect(autre.page.locator("#id_enfants-1-prenoms")).to_have_value("Lou")
    expect(autre.page.locator("#id_nombre")).to_have_value("1")

    for onglet in (un, autre):
        onglet.aller(f"{brouillon}/logement/")
    for onglet in (un, autre):
        onglet.choisir(statut="HLM", motif_1="13")
        onglet.taper("bailleur_social__nom", "Habitat d’Aurette")
    un.remplir(loyer_mensuel="900")
    un.continuer()
    un.titre("Souhaits, pièces et handicap")
    autre.remplir(loyer_mensuel="700", surface="45")
    autre.continuer()
    expect(autre.page.locator("#conflit")).to_contain_text("Ce brouillon a été enregistré ailleurs à")
    autre.examiner("brouillon-conflit")
    autre.barre("Enregistrer mon choix")
    autre.titre("1\u00a0champ à corriger")
    autre.examiner("brouillon-conflit-erreur")
    autre.cocher("900\u00a0€", dans="main")
    autre.barre("Enregistrer mon choix")
    autre.titre("Souhaits, pièces et handicap")
    autre.aller(f"{brouillon}/logement/")
    expect(autre.page.locator("#id_loyer_mensuel")).to_have_value("900")
    expect(autre.page.locator("#id_surface")).to_have_value("45")
    assert autre.plaintes == []


@pytest.mark.parametrize("javascript", [True, pytest.param(False, marks=pytest.mark.longue)])
def test_une_session_qui_a_pris_fin_rend_ce_qui_partait(
    asseoir: Asseoir, agent: Compte, javascript: bool
) -> None:
    poste = asseoir(java_script_enabled=javascript)
    poste.aller("/accueil/")
    se_reconnecter(poste, agent)  # by the pages: the browser learns there whose it is
    poste.page.wait_for_url("**/accueil/")
    brouillon = ouvrir(poste)
    poste.aller(f"{brouillon}/personne/")
    poste.remplir(numero="12", voie="rue des Tilleuls", telephone_portable="06 12 34 56 78", commune="")
    Session.objects.all().delete()
    poste.continuer()
    poste.titre("Se connecter")
    expect(poste.page.get_by_role("status")).to_contain_text("Ce que vous veniez d’envoyer est gardé")
    if javascript:
        poste.examiner("connexion-envoi-garde")
    se_reconnecter(poste, agent)
    poste.titre("Votre session a pris fin. Ce que vous veniez d’envoyer est gardé")
    if javascript:
        poste.examiner("envois-gardes")
    poste.page.get_by_role("button", name="Envoyer à nouveau").click()
    poste.titre("La personne")  # refused as it would have been: the town is missing
    expect(poste.page.locator("#id_voie")).to_have_value("rue des Tilleuls")
    poste.remplir(code_postal="99240", commune="Les Ormeaux")
    poste.continuer()
    poste.titre("Le foyer, le travail et les ressources")
    poste.aller(f"{brouillon}/personne/")
    expect(poste.page.locator("#id_telephone_portable")).to_have_value("06 12 34 56 78")
    poste.aller("/mon-compte/envois/")
    expect(poste.page.locator("main")).to_contain_text("Rien n’est gardé.")


def se_reconnecter(poste: Poste, compte: Compte) -> None:
    """The two pages of the sign-in, from where this led."""
    TOTPDevice.objects.filter(user=compte).update(last_t=int(time.time()) // 30 - 2)
    poste.page.get_by_label("Adresse électronique").fill(compte.courriel)
    poste.page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    poste.page.keyboard.press("Enter")
    poste.page.get_by_label("Code").fill(code_de(compte))
    poste.page.keyboard.press("Enter")


def test_la_fin_est_annoncee_et_se_repousse(asseoir: Asseoir, agent: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.page.clock.install()
    poste.aller("/mon-compte/")
    poste.titre("Mon compte")
    avis = poste.page.locator("[data-reg-fin]")
    expect(avis.locator("form")).to_be_hidden()
    poste.page.clock.fast_forward("25:30")
    expect(avis).to_contain_text("Votre session prend fin à")
    poste.examiner("fin-de-session")
    avis.get_by_role("button", name="Rester connecté").click()
    expect(avis.locator("form")).to_be_hidden()
    poste.page.clock.fast_forward("20:00")
    expect(avis.locator("form")).to_be_hidden()
    poste.page.clock.fast_forward("11:00")
    expect(avis).to_contain_text("Votre session a pris fin.")
    expect(avis.get_by_role("button")).to_be_hidden()
