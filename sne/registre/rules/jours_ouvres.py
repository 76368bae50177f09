"""Working days in France: not a Saturday, a Sunday nor a public holiday (code du travail, L3133-1). Pure."""

from datetime import date, timedelta

from dateutil.easter import easter

FIXES = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
APRES_PAQUES = (1, 39, 50)
"""Days after Easter Sunday: Easter Monday, Ascension, Whit Monday."""
SAMEDI = 5


def est_ouvre(jour: date) -> bool:
    """Whether people work on that day in the whole of France; local holidays are not counted."""
    paques = easter(jour.year)
    mobiles = {paques + timedelta(days=n) for n in APRES_PAQUES}
    return jour.weekday() < SAMEDI and (jour.month, jour.day) not in FIXES and jour not in mobiles


def ajouter(jour: date, nombre: int) -> date:
    """The working day that comes ``nombre`` of them after ``jour``, which counts for none."""
    while nombre > 0:
        jour += timedelta(days=1)
        nombre -= est_ouvre(jour)
    return jour
