"""Any content that a file may hold, shown on the pages of the form: nothing falls, nothing is lost."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from sne.guichet.demandes.forms.pages import PAGES
from sne.registre.rules.contenu import Contenu
from tests.guichet import cadres
from tests.registre.strategies import contenus

ETRANGERS = ("code_postal_etranger", "ville_etrangere", "pays")


def rangee(valeur: Any) -> Any:
    """The same tree without what no page can show: a place in France and abroad at once, an income of no nature and
    no amount, a status told twice.
    """
    if isinstance(valeur, list | tuple):
        dits = [rangee(element) for element in valeur]
        return [dit for dit in dits if dit != {"nature": None, "montant_mensuel": None}]
    if not isinstance(valeur, dict):
        return valeur
    noeud = {nom: rangee(element) for nom, element in valeur.items()}
    if "statuts_occupation" in noeud:
        noeud["statuts_occupation"] = list(dict.fromkeys(noeud["statuts_occupation"]))
    if "ville_etrangere" in noeud:
        if noeud["commune"] or noeud["code_postal"]:
            noeud |= dict.fromkeys(ETRANGERS) | {"etranger": noeud["etranger"] and None}
        elif any(noeud[nom] for nom in ETRANGERS):
            noeud |= {"etranger": noeud["etranger"] or None}
    return noeud


ANNEE_SEULE = Contenu.model_validate(
    {
        "titulaire": "PERSONNE",
        "demandeur": {"revenus_fiscaux": {"n_moins_2": {"annee": 1900}}},
    }
)


@pytest.mark.parametrize("code", PAGES)
@example(brut=ANNEE_SEULE)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(brut=contenus)
def test_aller_retour(code: str, brut: Contenu) -> None:
    """Opened and saved as it is, a page changes nothing; judged valid and composed anew, it says the same."""
    contenu = Contenu.model_validate(rangee(brut.model_dump()))
    assume(PAGES[code].concerne(contenu))
    saisie = PAGES[code].saisie(contenu, cadres.cadre())
    page = PAGES[code](saisie, cadre=cadres.cadre(), controler=True, contenu=contenu)
    assert page.appliquer(contenu) is contenu
    if page.valide:
        assert page.composer(contenu) == contenu
    assert isinstance(page.composer(contenu), Contenu)
