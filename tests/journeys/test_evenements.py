"""What happens to a demande, from its file: an event without JavaScript, a decision, an allocation; then corrected."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def deposer() -> str:
    """A household registered today by the clock of the browser."""
    return f.deposer(le=maintenant()).nud


@pytest.mark.longue
def test_un_evenement_sans_javascript(asseoir: Callable[..., Poste]) -> None:
    nud = deposer()
    poste = asseoir(java_script_enabled=False)
    poste.se_connecter(creer_agent())
    poste.aller(f"/demandes/{nud}/")
    poste.page.get_by_role("link", name="Ajouter un événement").click()
    poste.cocher("Contact avec le ménage")
    poste.barre("Continuer")
    poste.titre("Contact avec le ménage")
    poste.barre("Consigner")
    poste.titre("champs à corriger")
    poste.remplir(jour=f"{aujourd_hui():%d/%m/%Y}")
    poste.choisir(c_moyen="TELEPHONE")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("Contact avec le ménage")


def test_une_decision_une_attribution_puis_une_correction(asseoir: Callable[..., Poste]) -> None:
    nud = deposer()
    poste = asseoir()
    poste.se_connecter(creer_agent(guichet="G0991"))
    poste.aller(f"/demandes/{nud}/evenements/type/")
    poste.examiner("evenement-type")
    poste.aller(f"/demandes/{nud}/evenements/evenement/?type=PROPOSITION")
    poste.examiner("evenement")
    poste.aller(f"/demandes/{nud}/evenements/decision/")
    poste.examiner("decision")
    poste.remplir(jour=f"{aujourd_hui():%d/%m/%Y}")
    poste.cocher("Attribution avec classement")
    poste.cocher("Public de la convention")
    poste.barre("Consigner")
    poste.titre("1 champ à corriger")
    poste.examiner("decision-refusee")
    poste.remplir(rang="2")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("attribution avec classement")
    poste.page.get_by_role("link", name="Consigner une attribution").click()
    poste.examiner("attribution")
    poste.remplir(jour=f"{aujourd_hui():%d/%m/%Y}", rpls="A1B2C3D4E5")
    poste.cocher("Non", dans="#id_bail_signe")
    poste.cocher("Non", dans="#id_deja_loge")
    poste.choisir(accord="AUCUN", reservataire="AUCUN")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("bail non signé")
    poste.examiner("dossier-evenements")
    poste.page.get_by_role("link", name="Tout voir et corriger").click()
    poste.page.get_by_role("link", name="Retirer").first.click()
    poste.examiner("evenement-retirer")
    poste.remplir(motif="Mauvais dossier.")
    poste.barre("Retirer")
    expect(poste.page.locator("main")).to_contain_text("Retiré")
    poste.examiner("evenements")


@pytest.mark.longue
def test_un_fait_dalo_par_le_service_de_l_etat(asseoir: Callable[..., Poste]) -> None:
    nud = deposer()
    poste = asseoir()
    poste.se_connecter(creer_agent(guichet="G1000"))
    poste.aller(f"/demandes/{nud}/evenements/dalo/")
    poste.examiner("dalo")
    poste.cocher("Délai anormalement long")
    poste.remplir(jour=f"{aujourd_hui():%d/%m/%Y}")
    poste.barre("Consigner")
    expect(poste.page.locator("main")).to_contain_text("Délai anormalement long")
