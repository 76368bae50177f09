"""Signing in by a code, in a browser: asked, received by a true mail server, typed; then contested."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from sne.journal.models import Entree
from sne.notifications import tasks as envois
from sne.registre.rattachement import tasks
from sne.socle.horloge import maintenant
from tests.journal.test_journal import tout_sceller
from tests.journeys.ecran import UNE_LARGEUR, examiner
from tests.journeys.poste import Poste
from tests.journeys.test_portail import adresse, porte  # noqa: F401 - fixtures
from tests.notifications.serveurs import Boite, serveur_de_courriel
from tests.registre.avis import avis as a

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def boite(settings: Any, tmp_path: Path) -> Iterator[Boite]:
    settings.DOSSIER_VAR = tmp_path
    with serveur_de_courriel() as (url, boite):
        settings.SMTP_URL = url
        yield boite


def distribuer() -> None:
    """What the worker does of the code that was asked for."""
    tout_sceller()
    for entree in Entree.objects.filter(verbe="DEMANDER_CODE").order_by("inscrit_le", "id"):
        tasks.envoyer(entree_id=str(entree.id))
    tout_sceller()
    for entree in Entree.objects.filter(verbe="PREPARER_MESSAGE").order_by("inscrit_le", "id"):
        envois.envoyer(entree_id=str(entree.id))


def lire(boite: Boite) -> str:
    """The code of the last e-mail, which says it in its text alone and leads nowhere."""
    lu = message_from_bytes(boite.recus[-1].content, policy=policy.default)
    corps = lu.get_body(("plain",))
    assert corps is not None
    texte = str(corps.get_content())
    assert "http" not in texte
    (code,) = re.findall(r"\b[0-9]{6}\b", texte)
    assert code not in str(lu["Subject"])
    return str(code)


@pytest.mark.parametrize("largeur", UNE_LARGEUR)
def test_somebody_receives_a_code_opens_their_demande_and_contests_a_line(
    asseoir: Callable[..., Poste],
    adresse: str,  # noqa: F811
    boite: Boite,
    largeur: int,
) -> None:
    nud = a.deposer(le=maintenant() - timedelta(days=330)).nud
    page = asseoir().page
    page.set_viewport_size({"width": largeur, "height": 800})
    page.goto(f"{adresse}/connexion/")
    page.get_by_role("link", name="Recevoir un code").press("Enter")
    examiner(page, "portail-code")
    page.get_by_role("button", name="Recevoir un code").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("tapez votre numéro de demande")
    examiner(page, "portail-code-erreurs")
    page.get_by_label("Votre numéro de demande").fill(nud)
    page.get_by_label("Une adresse électronique").fill(a.AVANT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tapez votre code")).to_be_visible()
    examiner(page, "portail-code-saisir")
    distribuer()
    champ = page.get_by_label("Votre code à 6 chiffres")
    assert champ.get_attribute("autocomplete") == "one-time-code"
    champ.fill("12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("le code a 6 chiffres")
    examiner(page, "portail-code-erreur")
    code = lire(boite)
    champ.fill(f"{code[:3]} {code[3:]}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est enregistrée et active")).to_be_visible()
    assert code not in page.url
    page.get_by_role("link", name="Qui a vu ma demande").press("Enter")
    expect(page.get_by_text("Vous, par code, avez ouvert cette demande en ligne").first).to_be_visible()
    examiner(page, "portail-histoire")
    page.get_by_role("link", name=re.compile("Ce n’est pas moi.*Vous, par code")).press("Enter")
    examiner(page, "portail-contester")
    page.get_by_label("Où pouvons-nous vous joindre").fill("06 99 88 77 66")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre signalement est enregistré")).to_be_visible()
    examiner(page, "portail-signalement")
    page.goto(f"{adresse}/ma-demande/")
    expect(page.get_by_role("heading", name="Se connecter", exact=True)).to_be_visible()
