"""When a subscription leaves: its calendar, and what is due between two days. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sne.registre.contenu.rules.mois import ajouter_mois
from sne.socle.erreurs import Interdit

JOUR_MAX = 28  # every month has it
UNE_SEMAINE = timedelta(days=7)


class Rythme(StrEnum):
    """How often it leaves. ``PUBLICATION``: each time its report has a new version, or new figures from outside."""

    SEMAINE = "SEMAINE"
    MOIS = "MOIS"
    TRIMESTRE = "TRIMESTRE"
    ANNEE = "ANNEE"
    PUBLICATION = "PUBLICATION"


MOIS_DU_RYTHME = {Rythme.MOIS: 1, Rythme.TRIMESTRE: 3, Rythme.ANNEE: 12}


@dataclass(frozen=True, slots=True)
class Calendrier:
    """``jour``: of the week from 1 (Monday) to 7, or of the first month of the cycle from 1 to 28; 0 at publication."""

    rythme: Rythme
    jour: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One time that it leaves. ``code`` names its cycle (« 2024-05 », « 2024-T2 ») whatever the day chosen in it: a
    subscription moved to another day of the month leaves once that month."""

    due_le: date
    code: str


def lire_calendrier(rythme: str, jour: int) -> Calendrier:
    """The calendar, as it may be kept. Raises ``Interdit`` on the field."""
    if rythme not in set(Rythme):
        raise Interdit("Choisissez quand l’envoi part.", champ="rythme")
    lu = Rythme(rythme)
    maximum = {Rythme.SEMAINE: 7, Rythme.PUBLICATION: 0}.get(lu, JOUR_MAX)
    if lu is Rythme.PUBLICATION:
        return Calendrier(lu)
    if not 1 <= jour <= maximum:
        quoi = "de la semaine, de lundi à dimanche" if lu is Rythme.SEMAINE else f"du mois, de 1 à {JOUR_MAX}"
        raise Interdit(f"Choisissez un jour {quoi}.", champ="jour")
    return Calendrier(lu, jour)


def occurrences_dues(
    calendrier: Calendrier,
    *,
    depuis: date,
    le: date,
    connues: Collection[str] = (),
    publications: Collection[date] = (),
) -> tuple[Occurrence, ...]:
    """Those due from ``depuis`` to ``le``, both included, that are not ``connues`` (codes), the oldest first.

    An outage, however long, leaves them all due. ``publications``: days on which the report changed.
    """
    trouvees = (
        [Occurrence(p, f"P{p}") for p in sorted(set(publications))]
        if calendrier.rythme is Rythme.PUBLICATION
        else _cycles(calendrier, depuis, le)
    )
    return tuple(o for o in trouvees if depuis <= o.due_le <= le and o.code not in connues)


def prochaine(calendrier: Calendrier, *, apres: date) -> date | None:
    """The first day after ``apres`` on which it is due; ``None`` at publication, which has no day."""
    if calendrier.rythme is Rythme.PUBLICATION:
        return None
    debut = _debut(calendrier.rythme, apres)
    suivante = _due(calendrier, debut)
    return suivante if suivante > apres else _due(calendrier, _suivant(calendrier.rythme, debut))


def _cycles(calendrier: Calendrier, depuis: date, le: date) -> Iterator[Occurrence]:
    debut = _debut(calendrier.rythme, depuis)
    while debut <= le:
        yield Occurrence(_due(calendrier, debut), _code(calendrier.rythme, debut))
        debut = _suivant(calendrier.rythme, debut)


def _debut(rythme: Rythme, jour: date) -> date:
    """First day of the cycle that this day is in."""
    if rythme is Rythme.SEMAINE:
        return jour - timedelta(days=jour.weekday())
    mois = MOIS_DU_RYTHME[rythme]
    return date(jour.year, (jour.month - 1) // mois * mois + 1, 1)


def _suivant(rythme: Rythme, debut: date) -> date:
    return debut + UNE_SEMAINE if rythme is Rythme.SEMAINE else ajouter_mois(debut, MOIS_DU_RYTHME[rythme])


def _due(calendrier: Calendrier, debut: date) -> date:
    return debut + timedelta(days=calendrier.jour - 1)


def _code(rythme: Rythme, debut: date) -> str:
    match rythme:
        case Rythme.SEMAINE:
            annee, semaine, _ = debut.isocalendar()
            return f"{annee}-S{semaine:02d}"
        case Rythme.TRIMESTRE:
            return f"{debut.year}-T{(debut.month + 2) // 3}"
        case Rythme.ANNEE:
            return f"{debut.year}"
    return f"{debut:%Y-%m}"
