"""A dated parameter found, changed by one operator and put in force by another; the nation in counts beside it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sne.referentiels.models import Parametre
from sne.socle.acte import Acte
from sne.socle.horloge import aujourd_hui, maintenant
from sne.suivi.actions.activite import service_du_suivi
from sne.suivi.actions.national import calculer_veille
from tests.habilitations.factories import creer_exploitation
from tests.journeys.poste import Poste
from tests.registre import factories as f

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_a_figure_is_changed_by_two_persons(asseoir: Callable[..., Poste]) -> None:
    une, autre = asseoir(), asseoir()
    une.se_connecter(creer_exploitation())
    autre.se_connecter(creer_exploitation())
    une.aller("/parametres/")
    une.examiner("parametres")
    une.page.get_by_label("Chercher un paramètre").fill("delaiz")
    une.page.get_by_role("button", name="Chercher", exact=True).click()
    une.page.locator("main table a").first.click()
    demain = aujourd_hui() + timedelta(days=1)
    une.page.get_by_label(re.compile("^Valeur")).fill("douze")
    une.page.get_by_label(re.compile("^Premier jour")).fill(f"{demain:%d/%m/%Y}")
    une.page.get_by_label(re.compile("^Texte ou décision")).fill("CCH R441-2-7")
    une.page.get_by_label(re.compile("^Pourquoi")).fill("Le décret du 3 novembre.")
    une.page.get_by_role("button", name="Proposer", exact=True).click()
    expect(une.page.locator("main")).to_contain_text("écrivez un nombre entier")
    une.examiner("parametre-refuse")
    une.page.get_by_label(re.compile("^Valeur")).fill("11")
    une.page.get_by_role("button", name="Proposer", exact=True).click()
    expect(une.page.locator("main")).to_contain_text("Une autre personne doit")
    autre.aller("/parametres/")
    autre.page.locator("main table a").first.click()
    autre.examiner("parametre-proposition")
    autre.page.get_by_role("button", name="Accepter", exact=True).click()
    expect(autre.page.locator("main")).to_contain_text("Valeur acceptée")
    assert Parametre.objects.get(code="delaiz_mois", debut=demain).valeur == 11


def test_the_nation_in_counts(asseoir: Callable[..., Poste]) -> None:
    le = maintenant()
    f.deposer(
        le=le,
        date_reception=aujourd_hui() - timedelta(days=400),
        anteriorite_motif="Dossier perdu",
    )
    calculer_veille(acte=Acte(service_du_suivi(), le))
    poste = asseoir()
    poste.se_connecter(creer_exploitation())
    poste.menu("Chiffres", "Suivi national")
    expect(poste.page.get_by_role("row").nth(1)).to_contain_text("1, le plus ancien d’aujourd’hui")
    poste.examiner("suivi-national")
