"""A right that nobody uses ends: when it is announced, when it is taken back. Pure.

Months are calendar months: six months after 31 August end on the last day of February.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True, slots=True)
class DelaisInactivite:
    """Dated parameters: calendar months before the notice, before the end; days that a late notice still leaves."""

    avis_mois: int
    retrait_mois: int
    sursis_jours: int


class SuiteInactivite(StrEnum):
    """What is due for one role on one day."""

    RIEN = "RIEN"
    AVERTIR = "AVERTIR"
    RETIRER = "RETIRER"


def inactive_depuis(*, derniere_utilisation: date | None, cree_le: date, debut: date) -> date:
    """The day that the months count from.

    The last use of the account (a sign-in, or an act: an interface never signs in), or its creation when it was never
    used; never before the role itself began: for a role granted to an unused account, the months count from the first
    day of the role.
    """
    return max(derniere_utilisation or cree_le, debut)


def retrait_prevu(depuis: date, delais: DelaisInactivite, *, avise_le: date) -> date:
    """The first day without the role. Nobody loses one without having been told ``sursis_jours`` before."""
    return max(
        depuis + relativedelta(months=delais.retrait_mois), avise_le + timedelta(days=delais.sursis_jours)
    )


def avis_prevu(depuis: date, delais: DelaisInactivite) -> date:
    """The day of the notice."""
    return depuis + relativedelta(months=delais.avis_mois)


def suite_inactivite(
    depuis: date, delais: DelaisInactivite, *, le: date, retrait_annonce: date | None
) -> SuiteInactivite:
    """What is due on ``le``. ``retrait_annonce``: the day that the notice gave, when there was one."""
    if retrait_annonce is None:
        return SuiteInactivite.AVERTIR if le >= avis_prevu(depuis, delais) else SuiteInactivite.RIEN
    return SuiteInactivite.RETIRER if le >= retrait_annonce else SuiteInactivite.RIEN
