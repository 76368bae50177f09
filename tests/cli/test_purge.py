"""``sne purge``: what a day erased, for a person and for a machine, and the failure while something is left."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from sne.journal.models import Entree
from sne.notifications.models import MessageAEffacer
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie import tasks
from sne.registre.vie.actions.radier import radier_demande
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.rules.radiation import FaitsRadiation
from sne.registre.vie.tasks import passer_l_horloge
from sne.socle.acte import Acte
from tests.cli.commandes import sne
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import preparer
from tests.registre import factories as f

JOUR = "2026-11-24"
RADIATION = f.MAINTENANT.replace(year=2025)
pytestmark = pytest.mark.django_db(transaction=True)  # an entry is sealed once committed


@pytest.fixture(autouse=True)
def _ici(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    """The test's process holds its database already: the command must not look for another."""
    monkeypatch.setattr("sne.cli.commandes.purge.charger_django", lambda: None)
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""


def effacer() -> Demande:
    """One demande, with a message, struck off a year ago and erased on ``JOUR``."""
    depot = RADIATION.replace(day=3)
    recepisse = f.deposer(le=depot, date_reception=depot.date())
    preparer(demande_id=recepisse.demande_id, revision=1, nud=recepisse.nud)
    faits = FaitsRadiation(MotifRadiation.RADABA, date_courrier=RADIATION.date(), document="Classeur B")
    radier_demande(recepisse.demande_id, faits, acte=Acte(f.creer_acteur(), RADIATION))
    passer_l_horloge(f.MAINTENANT, territoires=["099"], sauf=set(EtapeHorloge) - {EtapeHorloge.PURGE})
    return Demande.objects.get(id=recepisse.demande_id)


def test_day_without_erasure_says_so_and_succeeds() -> None:
    fait = sne("purge", "--jour", JOUR)
    assert (fait.code, fait.sortie) == (0, "Aucune demande effacée le 24/11/2026.\n")
    assert sne("purge", "--jour", JOUR, "--json").json == {"jour": JOUR, "complet": True, "territoires": []}


def test_report_for_a_person_and_for_a_machine() -> None:
    demande = effacer()
    tout_sceller()
    fait = sne("purge", "--jour", JOUR)
    assert fait.code == 0, fait.erreur
    titre, *lignes = fait.sortie.splitlines()
    assert titre == "Territoire 099"
    dits = {k.strip(): v.strip() for k, v in (ligne.split(" : ") for ligne in lignes)}
    attendus = {
        "Demandes effacées": "1", "Lignes de personne": "1", "Lignes de version": "2", "Lignes de message": "1",
        "Fichiers effacés": "0", "Fichiers restants": "0", "Entrées scellées": "1", "Entrées en désaccord": "0",
    }  # fmt: skip
    assert dits | attendus == dits
    assert "Lignes de gel" not in dits
    assert "Lignes de evenement" not in dits  # tables where nothing went are not listed
    lu = sne("purge", "--jour", JOUR, "--json").json
    assert (lu["jour"], lu["complet"]) == (JOUR, True)
    (territoire,) = lu["territoires"]
    assert set(territoire) == {
        "territoire", "jour", "demandes", "lignes", "fichiers", "fichiers_restants", "entrees", "scellees",
        "discordantes", "complet",
    }  # fmt: skip
    assert territoire["entrees"] == [str(Entree.objects.get(verbe="PURGER", demande=demande.id).id)]
    assert territoire["lignes"]["evenement"] == 0
    assert demande.nud not in fait.sortie


def test_fails_while_an_entry_is_not_sealed_or_a_file_is_left() -> None:
    with (
        mock.patch.object(tasks, "effacer_les_fichiers", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        effacer()
    non_scelle = sne("purge", "--jour", JOUR)
    assert non_scelle.code == 1
    tout_sceller()
    for options in ((), ("--json",)):
        fait = sne("purge", "--jour", JOUR, *options)
        assert fait.code == 1
        assert "L’effacement n’est pas terminé, ou ne se prouve pas : 099." in fait.erreur
    assert (fait.json["complet"], fait.json["territoires"][0]["fichiers_restants"]) == (False, 1)
    MessageAEffacer.objects.update(efface_le=f.MAINTENANT, fichiers=0)
    assert sne("purge", "--jour", JOUR).code == 0


def test_without_a_day_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sne.socle.horloge.aujourd_hui", lambda: f.AUJOURD_HUI)
    assert sne("purge").sortie == "Aucune demande effacée le 24/11/2026.\n"


@pytest.mark.parametrize("jour", ["24/11/2026", "2026-02-30", "hier", ""])
def test_day_that_is_none_is_refused_in_french(jour: str) -> None:
    fait = sne("purge", "--jour", jour)
    assert (fait.code, fait.sortie) == (2, "")
    assert f"« {jour} » n’est pas une date. Écrivez par exemple 2024-02-29." in fait.erreur
