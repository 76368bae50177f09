"""Figures of counters for the tests of the follow-up: rows of the projection, as a night would write them."""

from datetime import date

from sne.suivi.models import ActiviteMensuelle

NOVEMBRE = date(2026, 11, 1)


def noter(guichet: str, traitees: int, noms: int, *, territoire: str = "099", mois: date = NOVEMBRE) -> None:
    """A counter that handled so many demandes in a month, and changed so many birth names."""
    ActiviteMensuelle.objects.create(
        territoire=territoire,
        guichet=guichet,
        mois=mois,
        traitees=traitees,
        naissance_cosmetique=3,
        naissance_mineure=noms // 2,
        naissance_majeure=noms - noms // 2,
        prenoms=0,
        dates_naissance=0,
        nir=0,
        en_attente=0,
        validees=0,
        refusees=0,
        expirees=0,
        agents=1 if noms else 0,
        part_premier_agent=1.0 if noms else None,
        sur_anciennes=0,
        sans_piece=0,
    )


def territoire_ordinaire(*, sauf: str = "G0993") -> None:
    """The other counters of 099: three hundred demandes each, three changes or so."""
    for rang in range(991, 1031):
        code = f"G{rang:04}"
        if code != sauf:
            noter(code, 300, 2 + rang % 3)
