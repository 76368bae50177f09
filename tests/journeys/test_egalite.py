"""What was said and handed over, from the file; and an association, from the home page to its number."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_egalite_de_traitement_depuis_le_dossier(asseoir: Callable[..., Poste]) -> None:
    nud = f.deposer().nud
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{nud}/")
    poste.page.get_by_role("link", name="Consigner ce qui a été dit et remis").click()
    poste.titre("Égalité de traitement")
    poste.cocher("Le numéro unique")
    poste.cocher("Une seule demande suffit")
    poste.examiner("egalite")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("Après le dépôt\u00a0: 1 sur 6")
    poste.examiner("dossier-egalite")


@pytest.mark.longue
def test_une_association_sans_javascript(asseoir: Callable[..., Poste]) -> None:
    poste = asseoir(java_script_enabled=False)
    poste.se_connecter(creer_agent())
    poste.aller("/demandes/nouvelle/")
    poste.page.get_by_role("button", name="Enregistrer une association").click()
    poste.titre("L’association")
    poste.continuer()
    poste.titre("champs à corriger")
    poste.remplir(nom="Un toit pour tous", siren="732829320", numero="12", voie="rue des Tanneurs")
    poste.remplir(code_postal="99240", commune="Les Ormeaux")
    poste.continuer()
    poste.titre("Les souhaits")
    poste.cocher("T3")
    poste.remplir(commune_1="Aurette-la-Ville")
    poste.cocher("Oui", dans="#id_accepte_autres_communes")
    poste.continuer()
    poste.titre("Vérifier avec la personne")
    poste.cocher("La personne a relu")
    poste.barre("Enregistrer et obtenir le numéro")
    poste.titre("Demande enregistrée")
    expect(poste.page.locator("main")).to_contain_text("Numéro unique de Un toit pour tous")
