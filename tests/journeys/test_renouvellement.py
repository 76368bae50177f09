"""A renewal at the counter, from the file to the attestation, and its refusals, in a real browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


def deposee_il_y_a(jours: int, nom: str = "Dubreuil") -> str:
    """Number of a demande of a couple, deposited that many days ago."""
    le = maintenant() - timedelta(days=jours)
    conjoint = f.personne("Haddad", "Karim", identite={"civilite": "1"}) | {"lien_demandeur": "C"}
    contenu = f.contenu(demandeur=f.personne(nom, "Lou"), cotitulaires=[conjoint])
    return f.deposer(contenu, le=le, doublons_ecartes="Un autre foyer.").nud


@pytest.mark.parametrize("javascript", [pytest.param(True, marks=pytest.mark.longue), False])
def test_renouveler(asseoir: Asseoir, javascript: bool) -> None:
    nud = deposee_il_y_a(330)
    agent: Compte = creer_agent()
    poste = asseoir(java_script_enabled=javascript)
    poste.se_connecter(agent)
    poste.aller(f"/demandes/{nud}/")
    poste.page.get_by_role("link", name="Renouveler", exact=True).click()
    poste.titre("Renouveler cette demande")
    if javascript:
        poste.examiner("renouveler-commencer")
    poste.barre("Commencer le renouvellement")
    poste.titre("Vérifier avec la personne")
    expect(poste.page.locator("main")).to_contain_text("Rien ne change.")
    if javascript:
        poste.examiner("renouveler-rien-ne-change")
    poste.page.locator("#r-souhaits").locator("xpath=..").get_by_role("link").click()
    poste.titre("Vérifier avec la personne")
    if javascript:
        poste.examiner("renouveler-bloc")
    poste.remplir(loyer_maximum="720")
    poste.barre("Enregistrer ce bloc")
    expect(poste.page.locator("ins").first).to_contain_text("720")
    if javascript:
        poste.examiner("renouveler-verifier")
    poste.cocher("La personne a relu ces informations")
    poste.barre("Renouveler la demande")
    poste.titre("Demande renouvelée")
    if javascript:
        poste.examiner("renouveler-fait")
    expect(poste.page.get_by_role("button", name="Ouvrir l’attestation")).to_be_visible()


@pytest.mark.longue
def test_trop_tot_trop_tard_et_brouillon_a_reprendre(asseoir: Asseoir) -> None:
    poste = asseoir()
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{deposee_il_y_a(600)}/renouveler/")
    expect(poste.page.get_by_role("alert")).to_contain_text("pouvait revenir jusqu’au")
    poste.examiner("renouveler-trop-tard")
    poste.aller(f"/demandes/{deposee_il_y_a(10, 'Aubry')}/renouveler/")
    expect(poste.page.get_by_role("alert")).to_contain_text("Le renouvellement ouvre le")
    poste.aller(f"/demandes/{deposee_il_y_a(335, 'Carvalho')}/renouveler/")
    poste.barre("Commencer le renouvellement")
    poste.titre("La personne")
    poste.aller("/")
    expect(poste.page.locator("main")).to_contain_text("Renouvellements à reprendre")
    poste.examiner("accueil-renouvellements")
