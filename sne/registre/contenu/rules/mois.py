"""Days and months, counted as the law counts them."""

from calendar import monthrange
from datetime import date, timedelta

UN_JOUR = timedelta(days=1)


def ajouter_mois(jour: date, mois: int) -> date:
    """``jour`` plus (or minus) whole months, clipped to the end of the month: 31/01 + 1 = 28/02 or 29/02."""
    ans, rang = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(ans, rang + 1, min(jour.day, monthrange(ans, rang + 1)[1]))
