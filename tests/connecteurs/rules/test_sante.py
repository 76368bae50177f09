"""What is said of a service: each state, and what each failure is called."""

from datetime import UTC, date, datetime

import pytest

from sne.connecteurs.rules import Etat, Motif, Service
from sne.connecteurs.rules.sante import (
    ETEINT_ICI,
    INDEX,
    PAS_ENCORE,
    RAISONS,
    SANS_ADRESSE,
    SANS_INDEX,
    Sante,
    voir,
    voir_index,
)

LE = datetime(2026, 11, 24, 10, tzinfo=UTC)
BON = Etat(dernier_succes=LE)
MAUVAIS = Etat(echecs=3, perturbe_depuis=LE, dernier_echec=LE, dernier_motif=Motif.LENT)


@pytest.mark.parametrize(
    ("etat", "adresse", "eteint_ici", "sante", "raison"),
    [
        (None, True, False, Sante.INCONNU, PAS_ENCORE),
        (BON, True, False, Sante.EN_SERVICE, ""),
        (MAUVAIS, True, False, Sante.PERTURBE, "Il met trop de temps à répondre."),
        (Etat(echecs=1, perturbe_depuis=LE), True, False, Sante.PERTURBE, ""),
        (BON, False, False, Sante.ETEINT, SANS_ADRESSE),
        (MAUVAIS, False, True, Sante.ETEINT, SANS_ADRESSE),
        (MAUVAIS, True, True, Sante.ETEINT, ETEINT_ICI),
    ],
)
def test_what_is_said(etat: Etat | None, adresse: bool, eteint_ici: bool, sante: Sante, raison: str) -> None:
    vu = voir(Service.BAN, etat, adresse=adresse, eteint_ici=eteint_ici)
    assert (vu.sante, vu.raison, vu.nom) == (sante, raison, "Base adresse nationale")
    assert (vu.depuis is None) is (sante is not Sante.PERTURBE)


def test_each_failure_has_its_words() -> None:
    assert set(RAISONS) == set(Motif)


@pytest.mark.parametrize(
    ("charge_le", "eteint_ici", "sante", "raison"),
    [
        (LE.date(), False, Sante.EN_SERVICE, INDEX.format("24/11/2026")),
        (LE.date(), True, Sante.ETEINT, ETEINT_ICI),
        (None, False, Sante.ETEINT, SANS_INDEX),
    ],
)
def test_what_is_said_of_our_index(
    charge_le: date | None, eteint_ici: bool, sante: Sante, raison: str
) -> None:
    vu = voir_index(charge_le, eteint_ici=eteint_ici)
    assert (vu.sante, vu.raison, vu.depuis, vu.dernier_succes) == (sante, raison, None, None)
