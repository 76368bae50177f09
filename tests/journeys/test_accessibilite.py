"""What tools that read rules do not see: keyboard alone, text twice as large, wide spacing, no style, text order.

Tried on the key pages at each version; ``docs/accessibilite.md`` says which criterion each trial answers.
"""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from sne.habilitations.actions import OuvertureRevue, ouvrir_revue
from sne.habilitations.models import Compte
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.habilitations.factories import SYSTEME, creer_agent, creer_responsable
from tests.journeys.ecran import accessible, sans_defilement
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]

ATTEIGNABLES = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
# What a keyboard must reach, in the order of the page; a group of radio buttons is one stop.
ARRETS = f"""() => {{
  const vus = new Set();
  return [...document.querySelectorAll("{ATTEIGNABLES}")].filter(e => {{
    if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({{visibilityProperty: true}})) return false;
    if (e.closest("details:not([open])") && e.tagName !== "SUMMARY") return false;
    if (e.type !== "radio") return true;
    const cle = e.name; if (vus.has(cle)) return false; vus.add(cle); return true;
  }}).length;
}}"""
CONTOUR = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const vu = x => { const s = getComputedStyle(x); return s.outlineStyle !== "none" || s.boxShadow !== "none"; };
  const etiquette = e.labels && e.labels[0];
  const nom = e.id || e.getAttribute("href") || e.name || e.textContent.trim();
  return [nom, vu(e) || (etiquette && getComputedStyle(etiquette, "::before").outlineStyle !== "none")];
}"""
ESPACES = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
COUPES = """() => [...document.querySelectorAll("main *")].filter(e => {
  const s = getComputedStyle(e);
  return s.overflow === "hidden" && e.scrollHeight > e.clientHeight + 2 && e.clientHeight > 1 && e.textContent.trim()
    && !e.closest(".fr-collapse, .fr-sr-only, .fr-modal");
}).map(e => e.outerHTML.slice(0, 120))"""
# Fields of one row of a grid that do not end on one line, and hints or names that touch the field above them.
DE_TRAVERS = """() => [...document.querySelectorAll("main .reg-grille")].flatMap(grille => {
  if (!grille.checkVisibility()) return [];
  const lus = [...grille.children].flatMap(groupe => {
    const champ = groupe.matches(".fr-input-group, .fr-select-group") && groupe.querySelector("input, select");
    return champ ? [[champ.id, champ.getBoundingClientRect(), groupe.getBoundingClientRect()]] : [];
  });
  const bas = Math.max(...[...grille.querySelectorAll("input, select")].map(e => e.getBoundingClientRect().bottom));
  const suit = grille.nextElementSibling;
  const colle = suit?.checkVisibility() && suit.getBoundingClientRect().top < bas + 4;
  const trouves = lus.flatMap(([id, champ, groupe]) => lus.filter(([autre, c, g]) => autre !== id && (
    (Math.abs(g.top - groupe.top) < 2 && Math.abs(c.bottom - champ.bottom) > 2)
    || (g.top > groupe.top + 2 && g.left < champ.right && g.right > champ.left && g.top < champ.bottom + 4)
  )).map(([autre]) => `${id} ${autre}`));
  return colle ? [...trouves, `sous ${lus.at(-1)?.[0]}`] : trouves;
})"""
TITRES = """() => [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5")]
  .filter(e => e.checkVisibility()).map(e => Number(e.tagName[1]))"""


@pytest.fixture
def agent() -> Compte:
    """Does what an agent does, and watches over the rights of the guichet."""
    return creer_responsable()


@pytest.fixture
def nud() -> str:
    """A demande in the last weeks of its year."""
    le = maintenant() - timedelta(days=330)
    return f.deposer(f.contenu(), le=le).nud


@pytest.fixture
def poste(asseoir: Asseoir, agent: Compte) -> Poste:
    assis = asseoir()
    assis.se_connecter(agent)
    return assis


def adresses(poste: Poste, nud: str) -> list[str]:
    """The key pages, each in the state where most is shown."""
    poste.commencer_une_demande("Leca", "Léa", "02031987")
    poste.titre("Le foyer, le travail et les ressources")
    brouillon = poste.page.url.removeprefix(poste.adresse).rsplit("/foyer/", 1)[0]
    etapes = ("personne", "foyer", "logement", "souhaits", "immediat", "verifier")
    return [
        "/accueil/",
        "/rechercher/",
        "/demandes/nouvelle/",
        *(f"{brouillon}/{etape}/" for etape in etapes),
        "/listes/echeance/",
        f"/demandes/{nud}/",
        f"/demandes/{nud}/modifier/personne/",
        f"/demandes/{nud}/historique/demandeur/",
        "/mon-compte/",
    ]


def adresses_des_droits() -> list[str]:
    """Rights of others: the list, a person, a departure, a review to answer."""
    collegue = creer_agent()
    revue = ouvrir_revue(OuvertureRevue("099", "G0993"), acte=Acte(SYSTEME, maintenant()))
    return [
        "/habilitations/",
        f"/habilitations/personnes/{collegue.id}/",
        f"/habilitations/personnes/{collegue.id}/depart/",
        f"/habilitations/revues/{revue}/",
    ]


def test_the_keyboard_reaches_everything_in_order_and_is_seen(poste: Poste, nud: str) -> None:
    for adresse in adresses(poste, nud):
        poste.aller(adresse)
        assert poste.page.evaluate(DE_TRAVERS) == [], adresse
        attendus = poste.page.evaluate(ARRETS)
        poste.page.evaluate("document.activeElement.blur()")
        poste.page.evaluate("window.getSelection().removeAllRanges()")
        suivis = parcourir(poste.page, au_plus=attendus + 40)
        assert [nom for nom, vu in suivis if not vu] == [], adresse
        assert len(suivis) >= attendus, (adresse, attendus, suivis)


def parcourir(page: Page, *, au_plus: int) -> list[tuple[str, bool]]:
    """Press Tab until the page is left: what had the focus, and whether it showed."""
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    suivis = []
    for _ in range(au_plus):
        page.keyboard.press("Tab")
        arret = page.evaluate(CONTOUR)
        if arret is None:
            break
        suivis.append(tuple(arret))
    return suivis


def test_text_twice_as_large_and_spaced_loses_nothing(poste: Poste, nud: str) -> None:
    for adresse in adresses(poste, nud):
        poste.page.set_viewport_size({"width": 640, "height": 450})  # 1280 × 900 at 200 %
        poste.aller(adresse)
        sans_defilement(poste.page)
        poste.page.set_viewport_size({"width": 1280, "height": 900})
        style = poste.page.locator("head").evaluate_handle(
            "(head, css) => { const f = new CSSStyleSheet(); f.replaceSync(css);"
            " document.adoptedStyleSheets = [f]; return head; }",
            ESPACES,
        )
        assert poste.page.evaluate(COUPES) == [], (adresse, style)
        sans_defilement(poste.page)


def test_titles_are_a_tree_and_name_the_page(poste: Poste, nud: str) -> None:
    titres = set()
    pages = [*adresses(poste, nud), *adresses_des_droits()]
    for adresse in pages:
        poste.aller(adresse)
        niveaux = poste.page.evaluate(TITRES)
        assert niveaux[0] == 1, adresse
        assert niveaux.count(1) == 1, adresse
        assert all(b - a <= 1 for a, b in itertools.pairwise(niveaux)), (adresse, niveaux)
        titres.add(poste.page.title())
        accessible(poste.page)
    assert len(titres) == len(pages), titres


def test_without_style_the_page_reads_from_top_to_bottom(poste: Poste, nud: str) -> None:
    poste.page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
    poste.aller(f"/demandes/{nud}/")
    texte = poste.page.locator("body").inner_text()
    ordre = ["Contenu", "Dubreuil", "En bref", "La personne", "Le foyer", "Les souhaits", "Historique"]
    places = [texte.find(mot) for mot in ordre]
    assert -1 not in places
    assert places == sorted(places), list(zip(ordre, places, strict=True))
