"""Sign-in in a real browser: by keyboard, without JavaScript, accessible at every step, nothing refused by the CSP."""

import re
from base64 import b32decode

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from tests.habilitations import factories as f
from tests.journeys.ecran import UNE_LARGEUR, examiner

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


MARGE = 8  # pixels around what the header says


def ouvrir(navigateur: Browser, *, largeur: int, javascript: bool = True) -> tuple[Page, list[str]]:
    """A page, and the errors that its console will hold."""
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 800}, java_script_enabled=javascript, locale="fr-FR"
    )
    page, erreurs = contexte.new_page(), []
    page.on(
        "console",
        lambda m: erreurs.append(f"{page.url} {m.location} {m.text}") if m.type == "error" else None,
    )
    return page, erreurs


def saisir(page: Page, compte: Compte, mot_de_passe: str = f.MOT_DE_PASSE) -> None:
    page.get_by_label("Adresse électronique").fill(compte.courriel)
    page.get_by_label("Mot de passe").fill(mot_de_passe)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_first_sign_in_then_account_at_every_width(
    navigateur: Browser, live_server: object, largeur: int
) -> None:
    compte = f.creer_personne(second_facteur=False)
    for guichet in ("G0993", "G0991"):
        f.habiliter(compte, Role.AGENT_GUICHET, territoire="099", guichet=guichet)
    page, erreurs = ouvrir(navigateur, largeur=largeur)
    page.goto(f"{live_server}/mon-compte/")
    examiner(page, "connexion")
    service = page.locator(".fr-header__service-title").bounding_box()
    assert service is not None
    assert min(service["x"], service["y"]) >= MARGE
    saisir(page, compte, "faux")
    expect(page).to_have_title(re.compile("^Erreur"))
    expect(page.get_by_role("alert")).to_contain_text("il ne va pas avec cette adresse")
    examiner(page, "connexion-refusee")
    saisir(page, compte)
    expect(page.get_by_role("heading", name="Relier votre application d’authentification")).to_be_visible()
    code = page.get_by_role("img", name="Code QR")
    assert code.evaluate("i => i.decode().then(() => i.naturalWidth)") > 0
    examiner(page, "connexion-application")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code à 6 chiffres").fill(f"{totp(b32decode(secret)):06d}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
    examiner(page, "mon-compte")
    page.get_by_role("link", name="Changer de guichet").click()
    expect(page.get_by_role("heading", name="Changer de guichet")).to_be_visible()
    examiner(page, "changer-guichet")
    page.get_by_label(re.compile("G0991")).check(force=True)
    page.get_by_role("button", name="Agir pour ce lieu").click()
    expect(page.locator("header")).to_contain_text("(G0991)")
    page.goto(f"{live_server}/mon-compte/mot-de-passe/")
    page.get_by_role("button", name="Changer mon mot de passe").click()
    expect(page.get_by_role("alert")).to_contain_text("3 champs à corriger")
    examiner(page, "mot-de-passe")
    page.context.close()
    assert erreurs == []


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_sign_in_and_out_without_javascript(navigateur: Browser, live_server: object, largeur: int) -> None:
    compte = f.creer_agent()
    page, _ = ouvrir(navigateur, largeur=largeur, javascript=False)
    page.goto(f"{live_server}/mon-compte/")
    saisir(page, compte)
    expect(page.get_by_role("heading", name="Saisir le code")).to_be_visible()
    page.get_by_label("Code à 6 chiffres").fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("six chiffres sont attendus")
    page.get_by_label("Code à 6 chiffres").fill(f.code_de(compte))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mon compte")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("status")).to_contain_text("Vous êtes déconnecté.")
    page.context.close()


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_lock_and_code_pages_are_accessible(navigateur: Browser, live_server: object, largeur: int) -> None:
    compte = f.creer_agent()
    page, _ = ouvrir(navigateur, largeur=largeur)
    page.goto(f"{live_server}/connexion/")
    saisir(page, compte)
    expect(page.get_by_role("heading", name="Saisir le code")).to_be_visible()
    examiner(page, "connexion-code")
    page.get_by_role("link", name="Recommencer").click()
    for _ in range(4):
        saisir(page, compte, "faux")
        expect(page.get_by_role("alert")).to_be_visible()
        page.goto(f"{live_server}/connexion/")
    saisir(page, compte, "faux")
    expect(page.get_by_role("heading", name="Trop d’essais de connexion")).to_be_visible()
    examiner(page, "verrouille")
    page.context.close()
