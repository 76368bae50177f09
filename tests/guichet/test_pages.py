"""Any content that a file may hold, shown on the pages of the form: nothing falls, nothing is lost."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.saisie.forms.pages import PAGES
from tests.registre.strategies import contenus
from tests.saisie import cadres

EXEMPLES = int(os.environ.get("SNE_PAGES_EXEMPLES", "30"))  # many more were drawn once
ETRANGERS = ("code_postal_etranger", "ville_etrangere", "pays")


DU_FOYER = ("lien_demandeur", "situation_familiale", "identite", "contact")


def dit_quelque_chose(valeur: Any) -> bool:
    """Whether anything is typed in a row: of a co-holder, what the page of the household asks."""
    if isinstance(valeur, dict):
        noms = DU_FOYER if "lien_demandeur" in valeur else valeur
        return any(dit_quelque_chose(valeur[nom]) for nom in noms)
    if isinstance(valeur, list | tuple):
        return any(dit_quelque_chose(element) for element in valeur)
    return valeur is not None


def rangee(valeur: Any) -> Any:
    """The same tree without what no page can show: a place in France and abroad at once, a row where nothing is
    said, a co-holder of whom the household says nothing, a status told twice.
    """
    if isinstance(valeur, list | tuple):
        dits = [rangee(element) for element in valeur]
        return [dit for dit in dits if dit_quelque_chose(dit)]
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
@settings(max_examples=EXEMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
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
