"""The households' portal in a browser, at the width of a phone, in both directions of reading."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from sne.attestations.actions import emettre_attestation
from sne.attestations.rules import Modele
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant
from tests.journeys.ecran import examiner, sans_defilement
from tests.journeys.poste import Poste
from tests.portail.conftest import franceconnect_joue, porte  # noqa: F401 - a fixture
from tests.registre import factories as f
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
PAGES = ("", "comment-ca-marche/", "guichets/?commune=99000", "verifier/?reference=abc", "v/7KMR-W3XQ-9TFA/")
POIDS_MAXIMAL, POIDS_EN_GZIP = 60_000, 75_000  # bytes: a page and all that it asks for, the first time
POIDS_SUIVANT = 5_000  # bytes in brotli: the page alone, its sheets being there
DEBIT, ALLER_RETOUR = 400_000 / 8, 0.4  # of a slow line: bytes a second, seconds
PREMIER_AFFICHAGE, AFFICHAGE_SUIVANT = 3.0, 1.5  # seconds


@pytest.fixture
def adresse(porte: Client) -> Iterator[str]:  # noqa: F811 - a server takes its middleware as it starts
    """Where the portal is served."""
    serveur = LiveServer("localhost")
    yield str(serveur)
    serveur.stop()


def test_french_and_arabic_on_a_narrow_phone_with_errors_and_without(
    asseoir: Callable[..., Poste], adresse: str
) -> None:
    page = asseoir().page
    page.set_viewport_size({"width": 320, "height": 800})
    for langue in ("", "ar/"):
        for rang, chemin in enumerate(PAGES):
            page.goto(f"{adresse}/{langue}{chemin}")
            assert page.locator("html").get_attribute("dir") == ("rtl" if langue else "ltr")
            examiner(page, f"portail-{langue.strip('/') or 'fr'}-{rang}")
        page.goto(f"{adresse}/{langue}connexion/code/")
        page.locator("main form button").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        examiner(page, f"portail-{langue.strip('/') or 'fr'}-erreurs")
    for langue in ("en", "pt", "uk", "tr"):
        for chemin in (*PAGES, "connexion/", "vos-droits/"):
            page.goto(f"{adresse}/{langue}/{chemin}")
            sans_defilement(page)


def test_somebody_signs_in_and_out_by_keyboard_and_form_alone(
    asseoir: Callable[..., Poste], adresse: str, settings: Any
) -> None:
    """From the home page in Arabic to their demande, and out of both: every page examined."""
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    a.deposer(nee, le=f.ANCIEN)
    with franceconnect_joue(settings, adresse):
        page = asseoir().page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/ar/connexion/")
        examiner(page, "portail-connexion-ar")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Élodie Anne").press("Enter")
        page.wait_for_url(f"{adresse}/ar/ma-demande/")
        examiner(page, "portail-demande-ar")
        page.goto(f"{adresse}/ma-demande/")
        expect(page.get_by_role("heading", name="Votre demande est enregistrée et active")).to_be_visible()
        examiner(page, "portail-demande-fr")
        page.get_by_role("button", name="Se déconnecter").press("Enter")
        page.wait_for_url(f"{adresse}/deconnexion/retour/?*")
        page.goto(f"{adresse}/ma-demande/")
        expect(page.get_by_role("heading", name="Se connecter", exact=True)).to_be_visible()


EN_ARABE = (
    "changements",
    "declaration",
    "declaration/souhaits",
    "attestations",
    "documents",
    "ressources",
    "droits",
    "historique",
)


def test_a_household_renews_changes_its_income_and_takes_its_attestation(
    asseoir: Callable[..., Poste],
    adresse: str,
    settings: Any,
) -> None:
    """On a phone: one button; another year, what changed alone; every page examined, in Arabic too."""
    nee = a.contenu(demandeur={"identite": {"lieu_naissance": {"commune": "76540"}}})
    demande = a.deposer(nee, le=f.MAINTENANT - timedelta(days=340))
    with franceconnect_joue(settings, adresse):
        page = asseoir().page
        page.set_viewport_size({"width": 375, "height": 800})
        page.goto(f"{adresse}/connexion/")
        page.locator(".fr-connect").press("Enter")
        page.get_by_role("button", name="Élodie Anne").press("Enter")
        page.get_by_role("link", name="Renouveler ma demande").press("Enter")
        examiner(page, "portail-renouveler-fr")
        page.get_by_role("button", name="Rien n’a changé, renouveler").press("Enter")
        expect(page.get_by_role("heading", name="Votre demande est renouvelée")).to_be_visible()
        examiner(page, "portail-renouvelee-fr")
        emettre_attestation(
            demande.demande_id, acte=Acte(f.creer_acteur(), maintenant()), modele=Modele.RENOUVELLEMENT
        )
        with page.expect_download() as recu:
            page.get_by_role("link", name="Télécharger mon attestation").click()
        assert recu.value.suggested_filename.endswith(".pdf")
        ici = f"{adresse}/ma-demande/{demande.nud}"
        page.goto(f"{ici}/declaration/")
        examiner(page, "portail-declaration-fr")
        page.get_by_role("link", name="Modifier : Vos revenus").press("Enter")
        examiner(page, "portail-revenus-fr")
        page.locator("[name='demandeur-n_moins_2__montant']").fill("beaucoup")
        page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
        examiner(page, "portail-revenus-erreur-fr")
        page.locator("[name='demandeur-n_moins_2__montant']").fill("14 200")
        page.get_by_role("button", name="Enregistrer", exact=True).press("Enter")
        expect(page.get_by_role("status")).to_contain_text("C’est enregistré")
        expect(page.locator("main")).to_contain_text("14\u00a0200")
        for chemin in ("foyer", "situation", "logement", "motifs", "souhaits"):
            page.goto(f"{ici}/declaration/{chemin}/")
            examiner(page, f"portail-{chemin}-fr")
        page.goto(f"{ici}/changements/")
        page.get_by_role("button", name="Envoyer au guichet").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        examiner(page, "portail-changements-erreur-fr")
        page.get_by_text("Nom d’usage", exact=True).click()
        page.get_by_label("Que doit dire votre demande").fill("Martin")
        page.get_by_role("button", name="Envoyer au guichet").press("Enter")
        expect(page.locator("main")).to_contain_text("Votre demande de changement est envoyée")
        examiner(page, "portail-changements-fr")
        for chemin in EN_ARABE:  # the last one is where the journey goes on
            page.goto(f"{adresse}/ar/ma-demande/{demande.nud}/{chemin}/")
            examiner(page, f"portail-{chemin.replace('/', '-')}-ar")
        page.get_by_role("link", name=re.compile("لست أنا")).first.press("Enter")
        examiner(page, "portail-contester-ar")
        page.goto(f"{adresse}/ma-demande/")
        examiner(page, "portail-demande-fr")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2  # what is printed of it


def test_the_first_page_is_light_and_the_next_ones_weigh_nothing(
    porte: Client,  # noqa: F811
    settings: Any,
    tmp_path: Path,
) -> None:
    """Measured on the files as they are collected, hashed and compressed; then the time that a slow line takes."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    lue, suivante = porte.get("/ar/").content, porte.get("/ar/connexion/code/").content
    feuilles = [m.split(b'"')[0].decode() for m in lue.split(b'rel="stylesheet" href="/static/')[1:]]
    assert len(feuilles) == 3
    pesees = {
        suffixe: len(comprimer(lue)) + sum((tmp_path / f"{x}.{suffixe}").stat().st_size for x in feuilles)
        for suffixe, comprimer in (("br", brotli.compress), ("gz", gzip.compress))
    }
    assert pesees["br"] < POIDS_MAXIMAL
    assert pesees["gz"] < POIDS_EN_GZIP
    suite = len(brotli.compress(suivante))
    assert suite < POIDS_SUIVANT
    # A connection, its key (TLS 1.3), the page, its sheets; then a page on the line already open.
    assert 4 * ALLER_RETOUR + pesees["br"] / DEBIT < PREMIER_AFFICHAGE
    assert ALLER_RETOUR + suite / DEBIT < AFFICHAGE_SUIVANT
