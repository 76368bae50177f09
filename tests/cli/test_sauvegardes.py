"""``sne sante`` says of the backups what their host writes: how old, whole or not, restored or not."""

from collections.abc import Iterator
from typing import Any

import pytest

from sne.cli import diagnostic
from tests.cli.hote import BONS, Hote, hote_des_sauvegardes


@pytest.fixture
def hote(settings: Any) -> Iterator[Hote]:
    with hote_des_sauvegardes() as serveur:
        settings.SAUVEGARDES_URL = serveur.adresse
        yield serveur


def test_good_backups_are_told(hote: Hote) -> None:
    lu = diagnostic._sauvegardes()
    assert lu.bon
    assert "la dernière : 0,2\u00a0jour(s)" in lu.constat
    assert "dépôt entier" in lu.constat


@pytest.mark.parametrize(
    ("nom", "jours"),
    [
        ("sne_sauvegarde_derniere_secondes", 1.1),
        ("sne_sauvegarde_plus_ancienne_secondes", 35.1),
        ("sne_restauration_eprouvee_secondes", 8.1),
    ],
)
def test_one_that_is_too_old_is_refused(hote: Hote, nom: str, jours: float) -> None:
    hote.dire({**BONS, nom: jours})
    assert not diagnostic._sauvegardes().bon


@pytest.mark.parametrize("nom", BONS)
def test_what_nobody_says_is_refused(hote: Hote, nom: str) -> None:
    hote.dire({autre: jours for autre, jours in BONS.items() if autre != nom})
    lu = diagnostic._sauvegardes()
    assert (lu.bon, "inconnue" in lu.constat) == (False, True)


@pytest.mark.parametrize(("depot", "dit"), [("0", "dépôt abîmé"), ("", "dépôt jamais vérifié")])
def test_a_repository_that_is_damaged_or_was_never_verified_is_told(hote: Hote, depot: str, dit: str) -> None:
    hote.dire(BONS, depot=depot)
    lu = diagnostic._sauvegardes()
    assert (lu.bon, dit in lu.constat) == (False, True)


def test_figures_that_cannot_be_read_are_no_good_news(hote: Hote, settings: Any) -> None:
    hote.dire(BONS, depot="beaucoup")
    assert not diagnostic._sauvegardes().bon
    settings.SAUVEGARDES_URL = "http://127.0.0.1:1/metrics"
    assert diagnostic._sauvegardes().constat == "http://127.0.0.1:1/metrics ne les dit pas"


@pytest.mark.parametrize("demonstration", [True, False])
def test_without_an_address_only_a_demonstration_is_well(settings: Any, demonstration: bool) -> None:
    settings.SAUVEGARDES_URL, settings.DEMONSTRATION = "", demonstration
    lu = diagnostic._sauvegardes()
    assert (lu.bon, "SNE_SAUVEGARDES_URL" in lu.constat) == (demonstration, True)
