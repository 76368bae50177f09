"""The pages of an application, in the order in which they are asked. Adding a page is one line here.

The list serves what a household types (one address per page), « Modifier » (one section per page) and the screens of a
counter, that group them (``ecrans``). A page asked only of some people says so in ``concerne``.
"""

from collections.abc import Collection, Mapping

from sne.registre.contenu.rules.arbre.champs import generique
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.etapes import DERNIERE
from sne.saisie.forms.pages.foyer import PageFoyer
from sne.saisie.forms.pages.logement import PageLogement, PageMotifs
from sne.saisie.forms.pages.page import Page
from sne.saisie.forms.pages.personne import PageAdresse, PageCoordonnees, PagePersonne
from sne.saisie.forms.pages.pieces import PageHandicap, PagePieces
from sne.saisie.forms.pages.preferences import PageAssociation, PagePreferences
from sne.saisie.forms.pages.ressources import PageRessources
from sne.saisie.forms.pages.situation import PageSituation
from sne.saisie.forms.pages.souhaits import PageSouhaits

PAGES: Mapping[str, type[Page]] = {
    page.code: page
    for page in (
        PagePersonne,
        PageCoordonnees,
        PagePreferences,
        PageAssociation,
        PageFoyer,
        PageSituation,
        PageRessources,
        PageLogement,
        PageMotifs,
        PageSouhaits,
        PagePieces,
        PageHandicap,
    )
}


def pages_pour(contenu: Contenu) -> tuple[type[Page], ...]:
    """Pages asked of whom this content describes, in order."""
    return tuple(page for page in PAGES.values() if page.concerne(contenu))


def page_du_chemin(chemin: str, pages: Collection[type[Page]] = tuple(PAGES.values())) -> str:
    """Code of the page where a place of the content is typed (the closest prefix); the last step for any other."""
    lieu = generique(chemin)
    trouvees = {
        debut: page.code
        for page in pages
        for debut in page.chemins
        if lieu == debut or lieu.startswith((f"{debut}.", f"{debut}["))
    }
    return trouvees[max(trouvees, key=len)] if trouvees else DERNIERE


__all__ = ["PAGES", "Page", "PageAdresse", "page_du_chemin", "pages_pour"]
