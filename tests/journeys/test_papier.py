"""A counter records what was signed on paper, then a judgment, in a real browser, by the keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.documents.factories import pdf
from tests.habilitations import factories as h
from tests.journeys.poste import Poste
from tests.registre.mandat.mandats import aidant
from tests.registre.rattachement.test_suivre import relier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_a_paper_and_a_judgment_are_recorded(
    asseoir: Callable[..., Poste], settings: Any, tmp_path: Path
) -> None:
    settings.DOSSIER_DOCUMENTS = tmp_path / "documents"
    scan = tmp_path / "papier.pdf"
    scan.write_bytes(pdf())
    aidant()
    lien, poste = relier(jours=10), asseoir()
    page = poste.page
    poste.se_connecter(h.creer_agent(courriel="agent@exemple.fr"))
    poste.aller(f"/demandes/{lien.nud}/acces-en-ligne/")
    page.get_by_role("link", name="Enregistrer une autorisation signée sur papier").press("Enter")
    poste.examiner("papier-autorisation")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Choisissez l’organisme dans la liste.").first).to_be_visible()
    poste.examiner("papier-refuse")
    page.get_by_label("Organisme qui aide").select_option(index=1)
    page.get_by_label("lire la demande").press("Space")
    page.get_by_label("1 mois").press("Space")
    page.get_by_label("Signé le").fill("24/11/2026")
    page.get_by_label("Fichier").set_input_files(scan)
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Autorisation enregistrée")).to_be_visible()
    page.get_by_role("link", name="Enregistrer une mesure de protection").press("Enter")
    page.get_by_label("Tutelle").press("Space")
    page.get_by_label("Nom de qui protège la personne").fill("Mme Odile Vasseur")
    page.get_by_label("Début de la mesure").fill("01/11/2026")
    page.get_by_label("Fin de la mesure").fill("01/11/2031")
    page.get_by_label("Fichier").set_input_files(scan)
    poste.examiner("papier-jugement")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("Mesure enregistrée")).to_be_visible()
    poste.examiner("acces-avec-papiers")
    poste.aller(f"/demandes/{lien.nud}/")
    expect(page.get_by_text("Mme Odile Vasseur, jusqu’au")).to_be_visible()
    poste.examiner("dossier-protege-par-un-juge")
