"""Any content that a file may hold, shown on the pages of the form: nothing falls, nothing is lost."""

import pytest
from hypothesis import given, settings

from sne.guichet.demandes.forms.pages import PAGES
from sne.registre.rules.contenu import Contenu
from tests.guichet import cadres
from tests.registre.strategies import contenus


@pytest.mark.parametrize("code", PAGES)
@settings(max_examples=40, deadline=None)
@given(contenu=contenus)
def test_aller_retour(code: str, contenu: Contenu) -> None:
    """Opened and saved as it is, a page changes nothing; judged valid and composed anew, it says the same."""
    if not PAGES[code].concerne(contenu):
        return
    brut = PAGES[code].saisie(contenu, cadres.cadre())
    page = PAGES[code](brut, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.appliquer(contenu) is contenu
    if page.valide:
        assert page.composer(contenu) == contenu
    assert isinstance(page.composer(contenu), Contenu)
