"""Filing without FranceConnect, by keyboard, in a browser without script: sent, taken up, opened by number and code;
then renewed and downloaded by a code alone.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from sne.attestations.actions import emettre_attestation
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.depot_en_ligne import DepotEnLigne
from sne.registre.depot.actions.construire import PieceVue
from sne.registre.depot_en_ligne.actions.verifier import Verification, valider_depot_en_ligne
from sne.socle.acte import Acte
from sne.socle.horloge import jour, maintenant
from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.journeys.test_code import boite, distribuer, lire  # noqa: F401 - a fixture
from tests.journeys.test_nouvelle_demande import (
    continuer,
    dire_comment,
    dire_ou_et_avec_qui,
    prouver_l_adresse,
)
from tests.journeys.test_portail import adresse, porte  # noqa: F401 - fixtures
from tests.notifications.serveurs import Boite
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.longue, pytest.mark.django_db(transaction=True)]
INES = "ines@gmail.com"


def entrer(page: Page, adresse: str, boite: Boite, courriel: str = INES) -> None:  # noqa: F811
    """From the page of sign-in to what the code opens."""
    page.goto(f"{adresse}/connexion/")
    page.get_by_role("link", name="Continuer avec mon adresse électronique").press("Enter")
    page.get_by_label("Votre adresse électronique").fill(courriel)
    page.get_by_label("Votre date de naissance").fill("14/03/1999")
    if courriel != INES:
        page.get_by_text("Moi", exact=True).click()
        page.get_by_role("button", name="Recevoir un code").last.press("Enter")
        expect(page.get_by_text(f"Vouliez-vous dire \u2066{INES}\u2069")).to_be_visible()
        examiner(page, "depart-adresse-proposee")
        page.get_by_role("button", name="Oui, prendre cette adresse").press("Enter")
        expect(page.get_by_role("heading", name="Tapez votre code")).to_be_visible()
        examiner(page, "depart-code")
        distribuer()
        page.get_by_label("Votre code à 6 chiffres").fill(lire(boite))
        page.keyboard.press("Enter")
    else:
        prouver_l_adresse(page, boite)


def ouvrir(page: Page, adresse: str, boite: Boite, nud: str, courriel: str) -> None:  # noqa: F811
    """By number and code."""
    page.goto(f"{adresse}/connexion/code/")
    page.get_by_label("Votre numéro de demande").fill(nud)
    page.get_by_label("Une adresse électronique").fill(courriel)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tapez votre code")).to_be_visible()
    distribuer()
    page.get_by_label("Votre code à 6 chiffres").fill(lire(boite))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est enregistrée et active")).to_be_visible()


def dire_qui(page: Page) -> None:
    """Civil status, all of it typed; the e-mail was proved."""
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Qui êtes-vous"))
    examiner(page, "sansfc-identite")
    page.get_by_text("Madame", exact=True).click()
    page.get_by_label("Nom de naissance", exact=True).fill("Carvalho")
    page.locator("[name=prenoms]").fill("Inès")
    page.locator("[name=lieu_naissance]").fill("Marseille")
    page.get_by_text("Française", exact=True).click()
    continuer(page)
    page.get_by_label("Situation familiale").select_option("C")
    continuer(page)
    expect(page.get_by_label("Adresse électronique")).to_have_value(INES)
    continuer(page)
    dire_ou_et_avec_qui(page)


def test_an_e_mail_a_code_the_receipt_then_the_number(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    boite: Boite,  # noqa: F811
) -> None:
    page = asseoir().page
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{adresse}/ar/connexion/courriel/")
    examiner(page, "depart-ar")
    page.goto(f"{adresse}/connexion/courriel/")
    page.get_by_role("button", name="Recevoir un code").last.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    examiner(page, "depart-erreurs")
    entrer(page, adresse, boite, "ines@gmial.com")
    page.get_by_label("Ville ou code postal").fill("Port-Aurette")
    page.get_by_role("button", name="l’essentiel").press("Enter")
    dire_qui(page)
    page.get_by_role("button", name="Se déconnecter").press("Enter")
    entrer(page, adresse, boite)
    expect(page.get_by_role("heading", name="Reprendre ma demande")).to_be_visible()
    examiner(page, "sansfc-reprendre")
    page.get_by_role("link", name="Reprendre", exact=True).press("Enter")
    dire_comment(page)
    continuer(page)
    page.get_by_text("Je déclare que mes réponses sont exactes").click()
    page.get_by_role("button", name="Envoyer ma demande").press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    page.goto(f"{adresse}/ma-demande/")
    examiner(page, "sansfc-envoyee")
    depot = DepotEnLigne.objects.get()
    assert depot.niveau == "CODE"
    le = maintenant()
    vue = Verification(PieceVue("CNI", jour(le), fin=jour(le) + timedelta(days=900)))
    nud = valider_depot_en_ligne(depot.id, vue, acte=Acte(f.creer_acteur(), le)).nud
    page.get_by_role("button", name="Se déconnecter").press("Enter")
    ouvrir(page, adresse, boite, nud, INES)


def test_renewed_and_downloaded_by_a_code(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    boite: Boite,  # noqa: F811
) -> None:
    """Contesting by a code is in ``test_code``."""
    demande = Demande.objects.get(id=a.deposer(le=maintenant() - timedelta(days=330)).demande_id)
    page = asseoir().page
    ouvrir(page, adresse, boite, demande.nud, a.AVANT)
    page.get_by_role("link", name="Renouveler ma demande").press("Enter")
    page.get_by_role("button", name="Rien n’a changé, renouveler").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("renouvelée")
    examiner(page, "sansfc-renouvelee")
    acte = Acte(f.creer_acteur(), maintenant())
    emettre_attestation(demande.id, acte=acte)
    page.goto(f"{adresse}/ma-demande/{demande.nud}/attestations/")
    with page.expect_download() as recu:
        page.locator("main a[href*='/attestation/']").first.press("Enter")
    assert recu.value.suggested_filename.endswith(".pdf")
