"""A file and a list printed by a real browser, and looked at on the sheets: what is only pressed is not there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page

from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_responsable
from tests.journeys.poste import Poste
from tests.registre import factories as f
from tests.registre.pieces import pieces

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
PRESSES = (
    "Dans ce dossier",
    "Se déconnecter",
    "Rechercher",
    "Plan du site",
    "Modifier",
    "Exporter",
    "Écrire aux",
    "Agir",
    "Voir cette version",
)
SOMBRE = 128


def feuilles(page: Page) -> list[Any]:
    return list(pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)))


def textes(lues: list[Any]) -> str:
    return "\n".join(feuille.get_textpage().get_text_bounded() for feuille in lues)


def is_noir(feuille: Any, mot: str) -> bool:
    """Whether the word is seen: a white sheet over it leaves its text, and no ink."""
    texte = feuille.get_textpage()
    debut, nombre = texte.search(mot).get_next()
    boites = [texte.get_charbox(rang) for rang in range(debut, debut + nombre)]
    haut, image = feuille.get_height(), feuille.render(scale=1).to_pil().convert("L")
    cadre = (boites[0][0], haut - boites[0][3] - 2, boites[-1][2], haut - boites[0][1] + 2)
    return sum(image.crop(tuple(map(int, cadre))).histogram()[:SOMBRE]) > nombre


def test_a_file_and_a_list_on_paper(asseoir: Callable[..., Poste]) -> None:
    """The ticks of what is complete are words, the documents are there, each line of a table is seen."""
    recu = f.deposer(f.contenu(), le=maintenant() - timedelta(days=330))
    pieces.joindre(recu.demande_id)
    poste = asseoir()
    poste.se_connecter(creer_responsable())
    poste.aller(f"/demandes/{recu.nud}/")
    lues = feuilles(poste.page)
    tout = textes(lues)
    assert len(lues) <= 5
    for mot in ("Dubreuil", ", à compléter", "Pièces du dossier", "Carte nationale d’identité", "Historique"):
        assert mot in tout, mot
    assert [mot for mot in PRESSES if mot in tout] == []
    poste.aller("/listes/echeance/")
    (liste,) = feuilles(poste.page)
    for mot in ("Dubreuil", "Radiation", "Commune", "Aurette"):
        assert is_noir(liste, mot), mot
    assert [mot for mot in PRESSES if mot in textes([liste])] == []
