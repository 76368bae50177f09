"""Deadlines of an application and its seniority. Durations are dated parameters, passed in; month
arithmetic clips.

CCH R441-2-7 (one year, notice a month before); arrêté du 23 mars 2015, annex §6.1 (struck off at T+13
months, can come back until T+18) and §7 (erased one year after).
"""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from dateutil.relativedelta import relativedelta

from sne.registre.contenu.rules.mois import UN_JOUR, ajouter_mois
from sne.registre.demande.parametres import ParametresDemande


@dataclass(frozen=True, slots=True)
class Echeances:
    """Deadlines that follow one deposit or renewal. ``expiration`` is the last day of validity."""

    expiration: date
    preavis_au_plus_tard: date
    radiation: date
    reactivation_jusqu_au: date
    purge: date


def echeances(jour: date, durees: ParametresDemande) -> Echeances:
    """Deadlines of an application deposited or last renewed on ``jour``.

    The month is clipped *before* the day is taken off: 29/02/2024 is valid until 27/02/2025.
    """
    expiration = ajouter_mois(jour, durees.delaiz_mois) - UN_JOUR
    radiation = ajouter_mois(jour, durees.radiation_mois)
    return Echeances(
        expiration=expiration,
        preavis_au_plus_tard=ajouter_mois(expiration, -durees.preavis_mois),
        radiation=radiation,
        reactivation_jusqu_au=ajouter_mois(jour, durees.reactivation_mois),
        purge=ajouter_mois(radiation, durees.purge_mois_apres_radiation),
    )


def anciennete(depot: date, jour: date) -> str:
    """Seniority in words on ``jour``: « 7 ans 5 mois », « 1 an », « moins d’un mois ».

    It counts from the initial deposit for the whole life of the number. Raises ``ValueError`` before the
    deposit.
    """
    if jour < depot:
        raise ValueError("seniority asked before the deposit")
    ecart = relativedelta(jour, depot)
    ans = f"{ecart.years} an{'s' if ecart.years > 1 else ''}" if ecart.years else ""
    mois = f"{ecart.months} mois" if ecart.months else ""
    return " ".join(filter(None, (ans, mois))) or "moins d’un mois"


def a_une_faute(une: date | None, autre: date | None) -> bool:
    """Whether a slip explains that two birth dates differ: in day, month or year, or with day and month swapped.

    ``selectors/dates.py`` says the same in SQL.
    """
    if une is None or autre is None or une == autre:
        return False
    pareilles = (une.day == autre.day) + (une.month == autre.month) + (une.year == autre.year)
    return pareilles == 2 or (une.day, une.month, une.year) == (autre.month, autre.day, autre.year)


class Reception(StrEnum):
    """What may be done with a reception date given at registration."""

    RETENUE = "RETENUE"
    A_DECIDER = "A_DECIDER"
    FUTURE = "FUTURE"


def situer_reception(date_reception: date, *, aujourd_hui: date, anteriorite_max_jours: int) -> Reception:
    """Whether a counter may give this date itself, must ask a territorial manager, or is wrong (CCH
    R441-2-3).

    ``anteriorite_max_jours`` is a dated parameter (30 days).
    """
    if date_reception > aujourd_hui:
        return Reception.FUTURE
    recule = (aujourd_hui - date_reception).days
    return Reception.RETENUE if recule <= anteriorite_max_jours else Reception.A_DECIDER


SAMEDI = 5  # of ``date.weekday``


def est_ouvre(jour: date) -> bool:
    """Whether people work on that day in the whole of France; local holidays are not counted."""
    return jour.weekday() < SAMEDI and jour not in _feries(jour.year)


def ajouter(jour: date, nombre: int) -> date:
    """The working day that comes ``nombre`` working days after ``jour``; ``jour`` itself is not counted."""
    while nombre > 0:
        jour += timedelta(days=1)
        nombre -= est_ouvre(jour)
    return jour


def compter(depuis: date, le: date) -> int:
    """Working days after ``depuis``, up to ``le`` and with it."""
    return sum(est_ouvre(depuis + timedelta(days=n)) for n in range(1, (le - depuis).days + 1))


@cache
def _feries(annee: int) -> Container[date]:
    import holidays  # noqa: PLC0415 - 9 MB that a web worker holds only once it has counted working days

    return frozenset(holidays.country_holidays("FR", years=annee))
