"""``sne infocentre``: pour, verify, prove, as an operator would; ``sne sante`` says how late the lake is."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from sne.cli import diagnostic
from sne.infocentre.lac.models import Agregat, Fichier
from tests.cli.commandes import sne
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def lac(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Path:
    """The test's process holds its database already: the command must not look for another."""
    monkeypatch.setattr("sne.cli.commandes.infocentre.charger_django", lambda: None)
    settings.DOSSIER_LAC = tmp_path / "lac"
    return tmp_path / "lac"


def test_pour_verify_prove(lac: Path) -> None:
    assert diagnostic._lac().constat == "pas encore versé"
    f.deposer(le=f.ANCIEN)
    tout_sceller()
    assert "depot" in sne("infocentre", "verser").sortie
    assert sne("infocentre", "verser", "--json").json == {"versements": [], "scellement": 1}
    assert "se prouve" in sne("infocentre", "prouver").sortie
    assert sne("infocentre", "prouver", "--json").json == {"ecarts": []}
    assert "versé" in sne("infocentre", "verifier").sortie
    assert sne("infocentre", "verifier", "--json").json == {"abimes": []}
    assert diagnostic._lac() == diagnostic.Controle(
        "lac des statistiques", True, "versé jusqu’au scellement 1"
    )


def test_what_does_not_prove_or_is_damaged_is_told(lac: Path) -> None:
    f.deposer(le=f.ANCIEN)
    tout_sceller()
    sne("infocentre", "verser")
    Agregat.objects.filter(axe="GUICHET", mesure="DEPOTS").update(valeur=4)
    refus = sne("infocentre", "prouver")
    assert (refus.code, "1 cellule(s)" in refus.erreur) == (1, True)
    assert "DEPOTS : 4 en cellule, 1 au lac" in refus.sortie
    assert json.loads(sne("infocentre", "prouver", "--json").sortie)["ecarts"][0]["cellule"] == 4
    (lac / Fichier.objects.values_list("chemin", flat=True).first()).unlink()
    refus = sne("infocentre", "verifier")
    assert (refus.code, "absent" in refus.sortie) == (1, True)
    assert "1 fichier(s)" in sne("infocentre", "verifier", "--json").erreur


def test_an_act_that_waits_for_a_day_and_more_is_a_fault() -> None:
    f.deposer(le=f.ANCIEN)
    tout_sceller()
    sne("infocentre", "verser")
    f.deposer(f.contenu(demandeur=f.personne("Zimmer", "Paul")), le=f.ANCIEN)
    tout_sceller()
    assert diagnostic._lac().bon
    with time_machine.travel(diagnostic.maintenant() + timedelta(hours=27)):
        controle = diagnostic._lac()
    assert (controle.bon, "un acte attend depuis" in controle.constat) == (False, True)


@pytest.mark.parametrize("commande", ["verser", "prouver"])
def test_a_machine_without_the_engine_says_what_to_do(monkeypatch: pytest.MonkeyPatch, commande: str) -> None:
    monkeypatch.setattr("sne.socle.moteur.est_installe", lambda: False)
    refus = sne("infocentre", commande)
    assert (refus.code, "DuckDB n’est pas installé sur cette machine" in refus.erreur) == (1, True)
