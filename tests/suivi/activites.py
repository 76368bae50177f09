"""A territory of ordinary counters for the tests of the follow-up."""

from datetime import date

from tests.suivi.factories import NOVEMBRE, activite


def noter(guichet: str, traitees: int, noms: int, *, mois: date = NOVEMBRE) -> None:
    """A counter that handled so many demandes in a month, and changed so many birth names."""
    activite(
        guichet,
        mois,
        traitees=traitees,
        naissance_cosmetique=3,
        naissance_mineure=noms // 2,
        naissance_majeure=noms - noms // 2,
        agents=1 if noms else 0,
        part_premier_agent=1.0 if noms else None,
    )


def territoire_ordinaire(*, sauf: tuple[str, ...] = ("G0993",), mois: date = NOVEMBRE) -> None:
    """The other counters of 099: three hundred demandes each or so, three changes or so."""
    for rang in range(991, 1031):
        code = f"G{rang:04}"
        if code not in sauf:
            noter(code, 300 + rang % 7 * 40, 2 + rang % 3, mois=mois)
