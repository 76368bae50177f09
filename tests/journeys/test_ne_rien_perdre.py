"""Nothing typed is lost: two tabs on one draft."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


@pytest.fixture
def agent() -> Compte:
    return creer_agent()


def ouvrir(poste: Poste) -> str:
    """Begin a registration; the address of its draft."""
    poste.aller("/demandes/nouvelle/")
    poste.remplir(nom_naissance="Leca", prenoms="Léa", date_naissance="02031987")
    poste.barre("Rechercher et continuer")
    poste.titre("La personne")
    return poste.page.url.removeprefix(poste.adresse).rsplit("/personne/", 1)[0]


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
    un.titre("Situation professionnelle")

    autre.remplir(nombre="beaucoup")
    autre.continuer()
    autre.titre("1\u00a0champ à corriger")
    expect(autre.page.locator("main")).to_contain_text("Ce brouillon a été enregistré ailleurs à")
    autre.examiner("brouillon-depasse")
    autre.remplir(nombre="1", date_prevue="15012027")
    autre.continuer()
    autre.titre("Situation professionnelle")
    expect(autre.page.locator("main")).to_contain_text("ils sont réunis")
    autre.aller(f"{brouillon}/foyer/")
    expect(autre.page.locator("#id_enfants-1-prenoms")).to_have_value("Lou")
    expect(autre.page.locator("#id_nombre")).to_have_value("1")

    for onglet in (un, autre):
        onglet.aller(f"{brouillon}/logement/")
    for onglet in (un, autre):
        onglet.choisir(statut="HLM")
        onglet.remplir(bailleur_social__nom="Habitat d’Aurette")
    un.remplir(loyer_mensuel="900")
    un.continuer()
    un.titre("Motifs de la demande")
    autre.remplir(loyer_mensuel="700", surface="45")
    autre.continuer()
    expect(autre.page.locator("#conflit")).to_contain_text("Ce brouillon a été enregistré ailleurs à")
    autre.examiner("brouillon-conflit")
    autre.barre("Enregistrer mon choix")
    autre.titre("1\u00a0champ à corriger")
    autre.examiner("brouillon-conflit-erreur")
    autre.cocher("900\u00a0€", dans="main")
    autre.barre("Enregistrer mon choix")
    autre.titre("Motifs de la demande")
    autre.aller(f"{brouillon}/logement/")
    expect(autre.page.locator("#id_loyer_mensuel")).to_have_value("900")
    expect(autre.page.locator("#id_surface")).to_have_value("45")
    assert autre.plaintes == []
