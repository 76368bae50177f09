"""Proposals under a field: by the keyboard alone, on a phone, open and closed; an application filed whatever fails."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from sne.habilitations.models import Compte
from tests.connecteurs.conftest import Simulateur, processus, simulateur
from tests.habilitations.factories import creer_agent
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste

__all__ = ["processus", "simulateur"]
pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


@pytest.fixture
def compte() -> Compte:
    return creer_agent()


def aller_aux_coordonnees(poste: Poste, compte: Compte) -> None:
    poste.se_connecter(compte)
    poste.aller("/demandes/nouvelle/")
    poste.remplir(nom_naissance="Leca", prenoms="Léa, Marie", date_naissance="02031987")
    poste.barre("Rechercher et continuer")
    poste.titre("La personne")
    poste.cocher("Madame")
    poste.cocher("Française")
    poste.choisir(situation_familiale="C")
    poste.continuer()
    poste.titre("Les coordonnées")


def ouvrir(poste: Poste, texte: str) -> Locator:
    """Type in the street, wait for what is proposed."""
    voie = poste.page.locator("#id_voie")
    voie.focus()
    poste.page.keyboard.type(texte)
    expect(voie).to_have_attribute("aria-expanded", "true")
    return voie


def test_au_clavier_seul(asseoir: Asseoir, compte: Compte, simulateur: Simulateur) -> None:
    poste = asseoir()
    aller_aux_coordonnees(poste, compte)
    clavier, options = poste.page.keyboard, poste.page.get_by_role("option")
    poste.remplir(numero="14", commune="Aurette-la-Ville")
    voie = ouvrir(poste, "rue des til")
    expect(voie).to_have_attribute("role", "combobox")
    expect(poste.page.get_by_role("button", name="Chercher cette adresse")).to_have_count(0)
    expect(poste.page.get_by_role("status").filter(has_text="1\u00a0proposition")).to_have_count(1)

    clavier.press("Home")  # the text is moved in, the list is not
    expect(options.first).to_have_attribute("aria-selected", "false")
    clavier.press("Escape")
    expect(options).to_have_count(0)
    expect(voie).to_have_value("rue des til")

    clavier.press("End")
    clavier.type("l")
    expect(voie).to_have_attribute("aria-expanded", "true")
    options.first.hover()
    clavier.press("ArrowDown")
    actif = voie.get_attribute("aria-activedescendant")
    assert actif
    assert actif == options.first.get_attribute("id")
    clavier.press("Tab")  # leaves without choosing
    expect(voie).to_have_value("rue des till")
    expect(voie).to_have_attribute("aria-expanded", "false")
    assert poste.page.locator("#id_code_postal").input_value() == ""

    voie.focus()
    clavier.press("ArrowDown")  # asks again
    expect(voie).to_have_attribute("aria-expanded", "true")
    clavier.press("ArrowUp")
    clavier.press("Enter")
    expect(voie).to_have_value("Rue des Tilleuls")
    for nom, valeur in (("numero", "14"), ("code_postal", "99000"), ("commune", "Aurette-la-Ville")):
        expect(poste.page.locator(f"#id_{nom}")).to_have_value(valeur)
    poste.continuer()
    poste.titre("Messages et accompagnement")


def test_ouvert_et_ferme_sur_un_telephone(asseoir: Asseoir, compte: Compte, simulateur: Simulateur) -> None:
    poste = asseoir()
    aller_aux_coordonnees(poste, compte)
    for largeur in (1280, 375):
        poste.page.set_viewport_size({"width": largeur, "height": 700})
        examiner(poste.page, f"combobox-ferme-{largeur}")
        voie = ouvrir(poste, "14 rue des til")
        examiner(poste.page, f"combobox-ouvert-{largeur}")
        boite: Any = poste.page.get_by_role("option").first.bounding_box()
        assert boite["height"] >= 44
        assert boite["x"] >= 0
        assert boite["x"] + boite["width"] <= largeur
        assert boite["y"] + boite["height"] <= 700
        poste.page.get_by_role("option").first.click()
        expect(voie).to_have_value("Rue des Tilleuls")
        voie.fill("")
