"""The DRM asked over a true connection: whatever it does, as many months as were asked for, and no invented figure."""

import logging
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine

from sne.connecteurs.drm.port import demander_ressources
from sne.connecteurs.drm.rules.mois import (
    AucuneDonnee,
    DiscordanceIdentite,
    Indisponible,
    Montant,
    PasEligible,
    SansDonnee,
    SourceIndisponible,
    ZeroConfirme,
)
from sne.connecteurs.etat import get_etats
from sne.connecteurs.rules import Canal, Motif, Pour, Service
from tests.connecteurs.conftest import ICI, Regler, Simulateur
from tests.connecteurs.drm.reponses import DEMANDEE, NIR

pytestmark = pytest.mark.django_db
INDISPONIBLES = [
    ("panne", Indisponible.PANNE),
    ("coupe", Indisponible.PANNE),
    ("tronque", Indisponible.PANNE),
    ("html", Indisponible.ILLISIBLE),
    ("types", Indisponible.ILLISIBLE),
    ("autre", Indisponible.ILLISIBLE),
    ("futur", Indisponible.ILLISIBLE),
    ("profond", Indisponible.ILLISIBLE),
    ("enorme", Indisponible.ILLISIBLE),
    ("429", Indisponible.SUSPENDU),
    ("horloge", Indisponible.SUSPENDU),
    ("panne:403", Indisponible.PANNE),
    ("lent:4000", Indisponible.DELAI),
]


@pytest.fixture(autouse=True)
def cle(settings: Any) -> None:
    """What we prove ourselves with."""
    settings.DRM_CLE = "cle-de-l-essai"


def types(demandee: Any = DEMANDEE, pour: Pour = ICI) -> list[type]:
    return [type(m) for m in demander_ressources(demandee, pour=pour)]


def test_what_the_source_knows_of_each_month(simulateur: Simulateur) -> None:
    avril, mars, _ = demander_ressources(DEMANDEE, pour=ICI)
    assert avril == AucuneDonnee(date(2026, 4, 1), SansDonnee.PAS_ENCORE_REMONTE)
    assert isinstance(mars, Montant)
    assert mars.mois == date(2026, 3, 1)
    assert get_etats()[Service.DRM].dernier_succes is not None


@pytest.mark.parametrize(
    ("nir", "attendu"),
    [
        ("190019999904519", AucuneDonnee),
        ("285045999912999", DiscordanceIdentite),
        ("785045999912303", PasEligible),
        ("285045999912304", AucuneDonnee),
        ("285045999912306", ZeroConfirme),
    ],
)
def test_what_it_does_not_know(simulateur: Simulateur, nir: str, attendu: type) -> None:
    assert types(replace(DEMANDEE, nir=nir)) == [attendu] * 3
    assert get_etats()[Service.DRM].echecs == 0, "it answered"


@pytest.mark.parametrize(("travers", "raison"), INDISPONIBLES)
def test_whatever_it_does_no_month_gets_a_figure(
    simulateur: Simulateur, travers: str, raison: Indisponible
) -> None:
    simulateur.regler(drm=travers)
    attendus = tuple(SourceIndisponible(m, raison) for m in DEMANDEE.mois)
    assert demander_ressources(DEMANDEE, pour=ICI) == attendus


def test_months_left_out_are_not_zero(simulateur: Simulateur) -> None:
    simulateur.regler(drm="vide")
    assert demander_ressources(DEMANDEE, pour=ICI) == tuple(
        AucuneDonnee(m, SansDonnee.MOIS_ABSENT) for m in DEMANDEE.mois
    )


def test_off_is_said(simulateur: Simulateur, regler: Regler, settings: Any) -> None:
    regler(connecteurs_eteints=["DRM:099:portail"])
    assert types(pour=Pour("099", Canal.PORTAIL)) == [SourceIndisponible] * 3
    assert Montant in types()
    settings.CONNECTEURS = dict.fromkeys(settings.CONNECTEURS, "")
    assert demander_ressources(DEMANDEE, pour=ICI)[0] == SourceIndisponible(
        date(2026, 4, 1), Indisponible.SUSPENDU
    )


def test_at_night_it_is_waited_for(simulateur: Simulateur) -> None:
    simulateur.regler(drm="lent:2500")
    assert Montant in types(pour=Pour("099", Canal.NUIT))


def test_who_is_asked_about_is_in_no_address_and_no_line(
    simulateur: Simulateur, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    types()
    assert simulateur.vus() == ["/drm/v1/ressources-mensuelles"]
    simulateur.regler(drm="autre")
    types()
    sortie = capsys.readouterr()
    lu = caplog.text + sortie.out + sortie.err + repr(get_etats())
    assert NIR not in lu
    assert "SPECIMEN" not in lu
    assert get_etats()[Service.DRM].dernier_motif is Motif.ILLISIBLE


def test_asked_again_each_time(simulateur: Simulateur) -> None:
    with time_machine.travel("2026-11-24T10:00:00+00:00", tick=False):
        types()
        types()
    assert len(simulateur.vus()) == 2
