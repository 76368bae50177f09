"""Every other screen of the counter, examined in the states that a day of work meets."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from sne.socle.horloge import PARIS, maintenant
from tests.habilitations.factories import creer_agent, creer_responsable, creer_support
from tests.journeys.ecran import accessible
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


@pytest.fixture
def agent() -> Compte:
    return creer_agent()


@pytest.fixture
def ancien() -> str:
    """Number of a demande of eleven months ago: a couple and a child."""
    le = maintenant() - timedelta(days=330)
    contenu = f.contenu(
        demandeur=f.personne(
            contact={"telephone_portable": "06 12 34 56 41", "courriel": "elodie@exemple.fr"}
        ),
        cotitulaires=[f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}],
        foyer={
            "personnes_a_charge": [
                {
                    "identifiant": "a",
                    "nom": "Haddad",
                    "prenoms": "Inès",
                    "date_naissance": "2014-09-19",
                    "lien_parente": "E",
                }
            ]
        },
    )
    return f.deposer(contenu, le=le, nirs={"demandeur": f.nir_de(date(1987, 3, 14))}).nud


def a_l_instant() -> datetime:
    """A moment ago: never later than now, whatever the hour at which the tests run."""
    return maintenant() - timedelta(seconds=1)


@pytest.mark.longue
def test_changement_de_nom_en_attente(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.aller(f"/demandes/{ancien}/")
    poste.page.keyboard.press("m")
    poste.titre("Modifier l’identité")
    expect(poste.page.locator("main")).to_contain_text("Avant de changer un état civil")
    poste.examiner("modifier-identite")
    poste.remplir(nom_naissance="Morel")
    poste.barre("Enregistrer")
    poste.titre("1\u00a0champ à corriger")
    poste.remplir(motif="Changement de nom", document="Acte de naissance du 12/10/2026")
    poste.barre("Enregistrer")
    poste.titre("Un changement de nom de naissance attend une décision")
    expect(poste.page.locator("main")).to_contain_text("Le nom «\u00a0Dubreuil\u00a0» reste valable partout")
    poste.examiner("dossier-en-attente")
    poste.aller("/accueil/")
    expect(poste.page.locator("main")).to_contain_text("Décision attendue avant le")
    poste.examiner("accueil-changements")
    poste.page.get_by_role("link", name="Protéger la place de chacun").click()
    poste.titre("Protéger la place de chacun")
    poste.examiner("sensibilisation")
    poste.page.get_by_role("link", name="Un tiret oublié").click()
    poste.cocher("J’ajoute le tiret.")
    poste.page.get_by_role("button", name="Répondre").click()
    expect(poste.page.locator("main")).to_contain_text("C’est la bonne réponse")
    poste.examiner("sensibilisation-scenario")
    poste.aller(f"/demandes/{ancien}/modifier/foyer/")
    poste.examiner("modifier-foyer")


def test_deux_agents_sur_le_meme_dossier(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    premier, second = asseoir(), asseoir()
    premier.se_connecter(agent)
    second.se_connecter(creer_agent("099", "G0991"))
    for poste in (premier, second):
        poste.aller(f"/demandes/{ancien}/modifier/souhaits/")
    second.remplir(loyer_maximum="900", motif="Ressources en hausse")
    second.barre("Enregistrer")
    second.titre("Dubreuil Élodie")
    premier.remplir(loyer_maximum="700", motif="À sa demande")
    premier.barre("Enregistrer")
    expect(premier.page.locator("#conflit")).to_contain_text("Le guichet G0991 a modifié les souhaits à")
    premier.examiner("conflit")
    premier.barre("Enregistrer mon choix")
    premier.titre("1\u00a0champ à corriger")
    premier.examiner("conflit-erreur")
    premier.cocher("700\u00a0€", dans="main")
    premier.barre("Enregistrer mon choix")
    expect(premier.page.locator("main")).to_contain_text("700\u00a0€ charges comprises")


def test_le_passe_du_dossier(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.aller(f"/demandes/{ancien}/modifier/souhaits/")
    poste.remplir(loyer_maximum="700", motif="Ressources en baisse", document="Bulletin de paie")
    poste.barre("Enregistrer")
    poste.titre("Pour instruire la demande")
    poste.examiner("dossier-complet")
    poste.page.get_by_role("link", name="Tout l’historique").click()
    expect(poste.page.locator("main")).to_contain_text("motif «\u00a0Ressources en baisse\u00a0»")
    poste.examiner("historique")
    poste.page.get_by_role("link", name="Voir cette version").first.click()
    poste.titre("Ce que cette version a changé")
    poste.examiner("version")
    poste.page.get_by_role("link", name="Comparer deux versions").click()
    poste.titre("Toutes les versions")
    poste.examiner("versions")
    poste.page.get_by_role("link", name="Revenir à l’historique").click()
    poste.remplir(jour="31/02/2026")
    poste.page.get_by_role("button", name="Voir le dossier à cette date").click()
    poste.titre("1\u00a0champ à corriger")
    poste.examiner("historique-erreur")
    poste.remplir(jour=datetime.now(PARIS).strftime("%d%m%Y"), heure="23 h 59")
    poste.page.get_by_role("button", name="Voir le dossier à cette date").click()
    poste.titre("Dossier tel qu’il était le")
    poste.examiner("etat")


@pytest.mark.longue
def test_demande_proche_et_brouillon(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.commencer_une_demande("Dubreuil", "Elodie", "14031987")
    poste.titre("Une demande proche existe déjà")
    poste.examiner("doublons")
    poste.page.get_by_role("button", name="continuer").click()
    poste.titre("1\u00a0champ à corriger")
    poste.examiner("doublons-erreur")
    poste.remplir(justification="Autre personne, adresse différente")
    poste.page.get_by_role("button", name="continuer").click()
    poste.titre("Le foyer, le travail et les ressources")
    poste.barre("Quitter et reprendre plus tard")
    expect(poste.page.get_by_role("status").first).to_contain_text("Brouillon enregistré")
    poste.examiner("accueil-brouillon")
    poste.page.get_by_role("link", name="Supprimer le brouillon").click()
    poste.titre("Supprimer ce brouillon")
    poste.examiner("abandonner")
    poste.page.get_by_role("button", name="Supprimer le brouillon").click()
    expect(poste.page.locator("main")).to_contain_text("Aucun brouillon")


def test_recherches(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    f.deposer(
        f.contenu(demandeur=f.personne("Debreuil")), le=a_l_instant(), doublons_ecartes="autre personne"
    )
    poste = asseoir()
    poste.se_connecter(agent)
    for nom, saisie, titre in (
        ("recherche", "dubreuil 14/03/1987", "2\u00a0dossiers proches de"),
        ("recherche-rien", "xylophone 01/01/1950", "Aucun dossier dans votre périmètre"),
    ):
        poste.aller("/rechercher/")
        poste.page.locator("#q").fill(saisie)
        poste.page.keyboard.press("Enter")
        poste.titre(titre)
        assert "/rechercher/r/" in poste.page.url
        poste.examiner(nom)


@pytest.mark.longue
def test_attestation_a_etablir_par_une_personne(asseoir: Asseoir) -> None:
    f_nud = f.deposer(f.contenu(demandeur=f.personne("Dubr\ua7c1euil")), le=a_l_instant()).nud
    poste = asseoir()
    poste.se_connecter(creer_responsable())
    poste.aller(f"/demandes/{f_nud}/")
    with poste.page.expect_popup() as onglet:
        poste.page.get_by_role("button", name="Ouvrir l’attestation").first.click()
    expect(onglet.value.get_by_role("status").first).to_contain_text(
        "Un signe du nom ne peut pas être imprimé"
    )
    poste.menu("Listes", "Attestations")
    poste.page.get_by_role("link", name="À établir à la main").click()
    poste.titre("Attestations à établir")
    poste.examiner("attestations-a-traiter")
    poste.page.get_by_role("button", name="Clore").click()
    poste.titre("1\u00a0champ à corriger")
    poste.examiner("attestations-a-traiter-erreur")


def test_pages_du_service_et_refus(asseoir: Asseoir) -> None:
    poste = asseoir()
    for nom in ("plan-du-site", "accessibilite", "donnees-personnelles", "mentions-legales"):
        poste.aller(f"/{nom}/")
        poste.examiner(nom)
    poste.se_connecter(creer_support())
    poste.aller("/demandes/0990000000009G0993/")
    poste.titre("n’est pas dans votre périmètre")
    poste.examiner("404")


@pytest.mark.longue
def test_refus_de_droit(asseoir: Asseoir) -> None:
    poste = asseoir()
    poste.se_connecter(creer_support())
    poste.plaintes.clear()
    poste.aller("/demandes/nouvelle/")
    poste.titre("Vous n’avez pas le droit de faire cela")
    assert any("403" in plainte for plainte in poste.plaintes)
    poste.plaintes.clear()
    poste.examiner("403")


def test_menu_du_telephone(asseoir: Asseoir, agent: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.page.set_viewport_size({"width": 375, "height": 800})
    poste.page.get_by_role("button", name="Menu").click()
    expect(poste.page.get_by_role("button", name="Se déconnecter").first).to_be_visible()
    accessible(poste.page)
    poste.page.get_by_role("link", name="Rechercher").first.click()
    poste.titre("Rechercher un dossier")
    poste.page.get_by_role("button", name="Menu").click()
    poste.page.get_by_role("button", name="Se déconnecter").first.click()
    expect(poste.page.get_by_label("Mot de passe", exact=True)).to_be_visible()


@pytest.mark.longue
def test_premier_tab_et_raccourcis(asseoir: Asseoir, agent: Compte) -> None:
    poste = asseoir()
    poste.se_connecter(agent)
    poste.aller("/rechercher/")
    poste.page.keyboard.press("Tab")
    expect(poste.page.locator(".fr-skiplinks a").first).to_be_focused()
    poste.page.keyboard.press("Enter")
    expect(poste.page.locator("#contenu")).to_be_focused()
    poste.aller("/accueil/")
    poste.page.get_by_role("button", name="Désactiver les raccourcis").click()
    expect(poste.page.get_by_role("button", name="Activer les raccourcis")).to_be_visible()
    poste.page.keyboard.press("n")
    poste.page.keyboard.press("/")
    expect(poste.page.locator("#q")).not_to_be_focused()
    assert poste.page.url.endswith("/")


def test_theme_sombre(asseoir: Asseoir, agent: Compte, ancien: str) -> None:
    poste = asseoir(color_scheme="dark")
    poste.se_connecter(agent)
    poste.aller(f"/demandes/{ancien}/")
    poste.page.wait_for_function("document.documentElement.dataset.frTheme === 'dark'")
    assert poste.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"
    poste.examiner("dossier-sombre")
