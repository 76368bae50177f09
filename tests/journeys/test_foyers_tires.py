"""Households drawn at random file from end to end on a phone, without a script: the register holds what was drawn."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sne.demandeurs.models import SessionDemandeur
from sne.portail.nouvelle.plan import avec_qui
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.demande.selectors.depot_en_ligne import ouvrir_envoi
from sne.saisie.brut import Brut
from sne.saisie.cadre import get_cadre
from sne.saisie.forms.pages import PAGES
from tests.journeys.foyers import COURRIEL, Foyer, composer, tirer
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse  # noqa: F401 - a fixture
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture
from tests.registre import factories as f
from tests.registre.depot_en_ligne.envois import prouver

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
FOYERS = tirer(10)
RANGEES = ("recues", "versees", "gardes")
"""Groups of rows that a button of their page adds one by one."""


@pytest.mark.parametrize(
    "foyer",
    [pytest.param(foyer, marks=[pytest.mark.longue] if rang else []) for rang, foyer in enumerate(FOYERS)],
    ids=[str(rang) for rang in range(len(FOYERS))],
)
def test_a_drawn_household_files_and_the_register_holds_what_was_drawn(
    foyer: Foyer,
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    settings: Any,
) -> None:
    voulu = composer(foyer, get_cadre("099", f.AUJOURD_HUI))
    with franceconnect_joue(settings, adresse):
        page = asseoir(java_script_enabled=False).page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/connexion/")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Nadia").press("Enter")
        page.get_by_role("link", name="Faire une demande").press("Enter")
        prouver(SessionDemandeur.objects.get().compte_id, COURRIEL)
        page.get_by_label("Ville ou code postal").fill("Port-Aurette")
        page.get_by_role("button", name=": tout").press("Enter")
        derouler(page, voulu)
        page.get_by_label("Précisions utiles à la demande").fill(voulu.precisions or "")
        page.get_by_text("Je déclare que mes réponses sont exactes").click()
        page.get_by_role("button", name="Envoyer ma demande").press("Enter")
        expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    tenu = ouvrir_envoi(DepotEnLigne.objects.get()).contenu
    assert difference(sans_cles(avec_l_etat_civil(voulu, tenu)), sans_cles(tenu)) == ()


def derouler(page: Page, voulu: Contenu) -> None:
    """Answer each page in the order in which they come, by the labels of its fields, up to the last one."""
    cadre, vues = get_cadre("099", f.AUJOURD_HUI), list[str]()
    while (code := ici(page)) != "relire":
        vues.append(code)
        assert len(vues) < 60, vues
        repondre(page, reponses(code, voulu, cadre))
        suite = (
            "button[name='ajouter'][value='enfants']"
            if encore(code, voulu)
            else ".reg-actions button[name='continuer']"
        )
        presser(page, page.locator(suite))
        assert ici(page) != code, (
            code,
            page.locator("[class*='error-text'], [role='alert']").all_inner_texts(),
        )


def presser(page: Page, bouton: Locator) -> None:
    """Press a button of the form, and wait for the page that answers."""
    with page.expect_navigation():
        bouton.press("Enter")


def ici(page: Page) -> str:
    """Code of the page that is open."""
    trouve = re.search(r"/nouvelle-demande/099/([\w-]+)/", page.url)
    assert trouve, page.url
    return trouve[1]


def encore(code: str, voulu: Contenu) -> bool:
    """Whether one more child is to be told of."""
    rang = code.removeprefix("enfants-")
    return rang.isdecimal() and int(rang) < len(voulu.foyer.personnes_a_charge)


def reponses(code: str, voulu: Contenu, cadre: Any) -> Brut:
    """What this household answers to any field, by its name: pages of ``saisie`` are told apart by the names."""
    if code == "avec-qui":
        naissances = voulu.foyer.enfants_a_naitre
        date_prevue = naissances.date_prevue
        return {
            "avec": sorted(avec_qui(voulu)),
            "nombre": [str(naissances.nombre or "")],
            "date_prevue": [f"{date_prevue:%d/%m/%Y}" if date_prevue else ""],
        }
    source = SOURCES[re.sub(r"-(demandeur|charges|cotitulaires|[0-9]).*$", "", code)]
    return PAGES[source].saisie(voulu, cadre)


SOURCES = {
    "identite": "personne",
    "famille": "personne",
    "secu": "personne",
    "contact": "coordonnees",
    "adresse": "coordonnees",
    "messages": "preferences",
    "cotitulaires": "foyer",
    "joindre": "foyer",
    "enfants": "foyer",
    "gardes": "foyer",
    "travail": "situation",
    "employeur": "situation",
    "impot": "ressources",
    "ressources": "ressources",
    "occupation": "logement",
    "logement": "logement",
    "possede": "logement",
    "motifs": "motifs",
    "villes": "souhaits",
    "taille": "souhaits",
    "souhaits": "souhaits",
    "handicap": "pieces",
    "documents": "pieces",
}
"""Page of the portal → the page of ``saisie`` whose fields it asks."""


def repondre(page: Page, voulues: Brut) -> None:
    """Rows first, then every field that shows, found by its label; what is folded is opened."""
    for nom, (nombre, *_) in voulues.items():
        if nom.endswith("-nombre") and nom.split("-")[-2] in RANGEES:
            ajouter_des_lignes(page, nom.removesuffix("-nombre"), int(nombre or 0))
    if ici(page) == "villes":
        chercher_des_villes(
            page, [voulues[f"commune_{rang}"][0] for rang in range(1, 9) if f"commune_{rang}" in voulues]
        )
    while (plie := page.locator("main form details:not([open]) > summary")).count():
        plie.first.press("Enter")
    for champ in page.locator("main form").first.locator("input, select, textarea").all():
        if champ.get_attribute("type") not in {"hidden", "submit"} and champ.is_visible():
            dire(page, champ, voulues.get(champ.get_attribute("name") or "", [""]))


def ajouter_des_lignes(page: Page, groupe: str, nombre: int) -> None:
    """As many rows of this group, if its page is this one."""
    bouton = page.locator(f"button[name='ajouter'][value='{groupe}']")
    for rang in range(1, nombre + 1):
        if bouton.count() and not page.locator(f"[name^='{groupe}-{rang}-']").count():
            presser(page, bouton)


def chercher_des_villes(page: Page, villes: list[str]) -> None:
    """Each town typed, and looked for: another line comes for the next one."""
    for rang, ville in enumerate(filter(None, villes), start=1):
        champ = page.locator(f"[name='commune_{rang}']")
        etiquette(page, champ)
        champ.fill(ville)
        presser(page, page.locator("button[name='chercher']").first)


def dire(page: Page, champ: Locator, valeurs: list[str]) -> None:
    """Say it as a hand does: a tick by its label, a choice in a list, a text."""
    libelle = etiquette(page, champ)
    genre = champ.get_attribute("type")
    if genre in {"radio", "checkbox"}:
        voulu = (champ.get_attribute("value") or "on") in valeurs
        if voulu is not champ.is_checked() and (voulu or genre == "checkbox"):
            libelle.click()
    elif champ.evaluate("e => e.tagName") == "SELECT":
        if valeurs[0]:  # else what the page proposes stays
            champ.select_option(valeurs[0])
    else:
        champ.fill(valeurs[0])


def etiquette(page: Page, champ: Locator) -> Locator:
    """The label of a field, which says something."""
    libelle = page.locator(f"label[for='{champ.get_attribute('id')}']").first
    assert libelle.inner_text().strip(), champ.get_attribute("name")
    return libelle


def avec_l_etat_civil(voulu: Contenu, tenu: Contenu) -> Contenu:
    """What was drawn, of the person for whom FranceConnect vouches: who they are is not typed."""
    assert voulu.demandeur is not None
    assert tenu.demandeur is not None
    sue, tapee = tenu.demandeur.identite, voulu.demandeur.identite
    assert (sue.nom_naissance, sue.nationalite) == ("OUVRARD", tapee.nationalite)
    return voulu.model_copy(update={"demandeur": voulu.demandeur.model_copy(update={"identite": sue})})


def sans_cles(contenu: Contenu) -> Contenu:
    """Children told apart by their rank: their key is the form's own."""
    charges = tuple(
        personne.model_copy(update={"identifiant": f"p{rang}"})
        for rang, personne in enumerate(contenu.foyer.personnes_a_charge)
    )
    foyer = contenu.foyer.model_copy(update={"personnes_a_charge": charges})
    return contenu.model_copy(update={"foyer": foyer})
