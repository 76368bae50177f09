"""What has the focus is never behind what stays on the screen: the action bar, the file banner (WCAG 2.4.11).

``make test`` tries the forms where most was hidden; ``SNE_TOUS_LES_FORMULAIRES`` (make soak), every form with a bar.
"""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from sne.registre.contenu.rules.arbre.racine import Titulaire
from sne.saisie.forms.ecrans import ECRANS
from sne.saisie.forms.pages import PAGES
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_gestionnaire, creer_responsable
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]

TAILLES = ((1280, 900), (375, 667), (800, 700))  # the last one: bars on two lines
ARRETS_MAX = 200
TOUS = "SNE_TOUS_LES_FORMULAIRES" in os.environ  # minutes of keys
# Where the page starts again; then, at each key, what has the focus and what stays over it. A radio button or a box
# of the design system is drawn by its label; a browser scrolls to the caret of a text area, which is on its first line.
DEPART = """() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); }"""
CACHE = """async () => {
  await new Promise(requestAnimationFrame); // what the key scrolls is in its place once it is drawn
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const fixes = [...document.querySelectorAll(".reg-barre, .reg-bandeau")]
    .filter(x => !x.contains(e) && getComputedStyle(x).position === "sticky").map(x => x.getBoundingClientRect());
  const vus = [e, ...(e.matches("[type=radio], [type=checkbox]") ? e.labels : [])]
    .map(x => x.getBoundingClientRect())
    .map(v => ({top: v.top, bottom: e.matches("textarea") ? Math.min(v.bottom, v.top + 40) : v.bottom}));
  const dessous = vus.some(v => fixes.some(x => v.bottom > x.top + 1 && v.top < x.bottom - 1)
    || v.bottom <= 0 || v.top >= innerHeight);
  return [e.id || e.name || e.textContent.trim().slice(0, 40), dessous];
}"""


@pytest.fixture
def nud() -> str:
    """A demande in the last weeks of its year, of two adults and a child."""
    conjoint = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    le = maintenant() - timedelta(days=330)
    return f.deposer(f.contenu(cotitulaires=[conjoint]), le=le).nud


@pytest.fixture
def poste(asseoir: Asseoir) -> Poste:
    assis = asseoir()
    assis.se_connecter(creer_responsable())
    return assis


def caches(page: Page, touche: str) -> tuple[int, list[str]]:
    """How many stops there are with this key, and those that are hidden."""
    page.evaluate(DEPART)
    arrets, cachees = 0, []
    for _ in range(ARRETS_MAX):
        page.keyboard.press(touche)
        lu = page.evaluate(CACHE)
        if lu is None:
            break
        arrets += 1
        cachees += [lu[0]] if lu[1] else []
    return arrets, cachees


def rien_n_est_cache(poste: Poste, adresse: str) -> None:
    """Forward then backward, at each size; the form has a bar, else the trial would say nothing."""
    for largeur, hauteur in TAILLES:
        poste.page.set_viewport_size({"width": largeur, "height": hauteur})
        for touche in ("Tab", "Shift+Tab"):
            poste.aller(adresse)
            assert poste.page.locator(".reg-barre").count() == 1, adresse
            arrets, cachees = caches(poste.page, touche)
            assert (adresse, largeur, touche, cachees) == (adresse, largeur, touche, [])
            assert arrets > 5, adresse


@pytest.mark.parametrize("bloc", [pytest.param("foyer", marks=pytest.mark.longue), "souhaits"])
def test_le_focus_n_est_jamais_cache(poste: Poste, nud: str, bloc: str) -> None:
    rien_n_est_cache(poste, f"/demandes/{nud}/modifier/{bloc}/")


def pages_de_saisie(poste: Poste) -> list[str]:
    """The first screen, then every step of a draft just opened."""
    poste.commencer_une_demande("Leca", "Léa", "02031987")
    poste.titre("Le foyer, le travail et les ressources")
    brouillon = poste.page.url.removeprefix(poste.adresse).rsplit("/foyer/", 1)[0]
    chemins = [code for code, ecran in ECRANS.items() if Titulaire.PERSONNE in ecran.titulaires]
    return [
        "/demandes/nouvelle/",
        *(f"{brouillon}/{chemin}/" for chemin in [*chemins, "immediat", "verifier"]),
    ]


def pages_d_un_dossier(nud: str) -> list[str]:
    """What is done to a file, one form each."""
    blocs = [code for code, page in PAGES.items() if Titulaire.PERSONNE in page.titulaires]
    actes = (
        "annuler",
        "contacts/permettre",
        "egalite",
        "enquete",
        "evenements/type",
        "pieces/type",
        "pieces/demander",
        "radier",
        "renouveler",
        "separer",
    )
    return [f"/demandes/{nud}/{chemin}/" for chemin in (*(f"modifier/{bloc}" for bloc in blocs), *actes)]


if TOUS:

    def test_nulle_part(asseoir: Asseoir, poste: Poste, nud: str) -> None:
        """Every form that has a bar, under the seat that holds the right to it; the others hide nothing."""
        gestion = asseoir()
        gestion.se_connecter(creer_gestionnaire())
        essayes = 0
        for adresse in (*pages_de_saisie(poste), *pages_d_un_dossier(nud)):
            for assis in (poste, gestion):
                assis.aller(adresse)
                if assis.page.locator(".reg-barre").count():
                    rien_n_est_cache(assis, adresse)
                    essayes += 1
                    break
                assis.plaintes.clear()  # not a page of this seat: the browser says that it was refused
        assert essayes > 20
