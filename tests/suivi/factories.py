"""Activity of counters for the tests: rows of the projection, one call each."""

from datetime import date
from typing import Any

from sne.suivi.models import ActiviteMensuelle

OCTOBRE, NOVEMBRE = date(2026, 10, 1), date(2026, 11, 1)
RIEN = {
    "traitees": 0,
    "naissance_cosmetique": 0,
    "naissance_mineure": 0,
    "naissance_majeure": 0,
    "prenoms": 0,
    "dates_naissance": 0,
    "nir": 0,
    "en_attente": 0,
    "validees": 0,
    "refusees": 0,
    "expirees": 0,
    "agents": 0,
    "sur_anciennes": 0,
    "sans_piece": 0,
}


def activite(
    guichet: str = "G0993", mois: date = OCTOBRE, *, territoire: str = "099", **chiffres: Any
) -> ActiviteMensuelle:
    """One counter and one month; figures that are not given are none."""
    return ActiviteMensuelle.objects.create(
        territoire=territoire, mois=mois, guichet=guichet, **RIEN | chiffres
    )


def remarquable(guichet: str = "G0993", mois: date = OCTOBRE, **chiffres: Any) -> ActiviteMensuelle:
    """A counter with eight changes for 100 demandes, all of one agent: flagged beside a calm territory."""
    return activite(
        guichet,
        mois,
        **{
            "traitees": 100,
            "naissance_mineure": 3,
            "naissance_majeure": 5,
            "validees": 4,
            "en_attente": 1,
            "delai_median_minutes": 1_500,
            "agents": 1,
            "part_premier_agent": 1.0,
            "sur_anciennes": 6,
            "sans_piece": 2,
            "hasard": 0.0001,
        }
        | chiffres,
    )
