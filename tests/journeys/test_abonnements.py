"""From a report to what leaves by itself: two clicks, what was sent, what it says when it did not leave."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from sne.infocentre.abonnements.models import Edition
from sne.socle.horloge import maintenant
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire
from tests.infocentre.abonnements.monde import abonner_ici, compter, le, nuit
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Asseoir = Callable[..., Poste]


def test_from_the_report_to_what_was_sent(asseoir: Asseoir, settings: Any, tmp_path: Path) -> None:
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""
    gt = creer_gestionnaire(le=le(2024, 3, 1))
    creer_exploitation(le=le(2024, 3, 1))
    for annee, n in [(2023, 5), (2024, 3), (2025, 4), (2026, 10)]:
        compter(date(annee, n, 1), EVENEMENTS=3, DEPOTS=40, ATTRIBUTIONS=5, IDENTITES_FOURNIES=30)
    abonner_ici(gt, le(2024, 3, 1), filtres=(("type_organisme", "BAILLEUR"),))
    for instant in (le(2024, 4, 2), le(2024, 4, 16), le(2024, 5, 15)):
        nuit(instant)
    poste = asseoir()
    poste.se_connecter(gt)
    page = poste.page

    poste.aller("/infocentre/TB06/?par=ORGANISME")
    page.get_by_role("link", name="S’abonner").click()
    poste.titre("S’abonner à Tableau 06")
    poste.examiner("abonnement-nouveau")
    page.get_by_role("button", name="S’abonner").click()
    expect(page.locator("main")).to_contain_text("Prochain envoi le 5 décembre 2026")
    poste.aller("/infocentre/abonnements/")
    poste.examiner("abonnements")
    page.get_by_role("link", name="Tableau 06, version 2").first.click()

    nuit(maintenant() - timedelta(hours=1))
    poste.aller(f"/infocentre/editions/{Edition.objects.latest('survenu_le').id}/")
    poste.examiner("edition")
    poste.aller("/infocentre/abonnements/")
    page.locator("tr", has_text="Le 2 de chaque mois").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Faite au retrait, sans réponse")
    poste.examiner("abonnement")
    page.get_by_role("button", name="Renvoyer").first.click()
    expect(page.locator("main")).to_contain_text("Édition renvoyée à 1 personne.")
    page.get_by_role("link", name="Changer").click()
    page.locator("#id_jour").select_option("12")
    page.get_by_role("button", name="Changer").click()
    expect(page.locator("main")).to_contain_text("Abonnement changé.")
    page.get_by_role("button", name="Arrêter").click()
    expect(page.locator("main")).to_contain_text("Abonnement arrêté.")
