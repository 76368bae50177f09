"""Who still opens which version: counted by week, by account and where it works, for whoever publishes."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Sum

from sne.habilitations.selectors.personnes import list_lieux_de_travail
from sne.infocentre.rapports.models import LectureRapport
from sne.infocentre.rapports.selectors.versions import VersionLue

SEMAINES = 8


@dataclass(frozen=True, slots=True)
class Lectorat:
    """One version: how many accounts opened it, and how many times, over the last weeks; then week by week.

    ``semaines``: first day of each, with its openings, the newest first. ``territoires``: accounts by territory, the
    most numerous first; the empty one is of national and regional roles.
    """

    comptes: int
    ouvertures: int
    derniere: date | None
    semaines: tuple[tuple[date, int], ...]
    territoires: tuple[tuple[str, int], ...]


def get_lectorat(version: VersionLue, *, le: date) -> Lectorat:
    """Who opened this version in the last eight weeks."""
    lundi = le - timedelta(days=le.weekday())
    depuis = lundi - timedelta(weeks=SEMAINES - 1)
    lues = LectureRapport.objects.filter(version=version.id, jour__gte=depuis)
    par_jour = dict(lues.values_list("jour").annotate(n=Sum("nombre")).values_list("jour", "n"))
    comptes = set(lues.values_list("compte", flat=True))
    semaines: Counter[date] = Counter()
    for jour, nombre in par_jour.items():
        semaines[jour - timedelta(days=jour.weekday())] += nombre
    return Lectorat(
        comptes=len(comptes),
        ouvertures=sum(par_jour.values()),
        derniere=lues.aggregate(d=Max("jour"))["d"],
        semaines=tuple(
            (lundi - timedelta(weeks=n), semaines[lundi - timedelta(weeks=n)]) for n in range(SEMAINES)
        ),
        territoires=tuple(_territoires(comptes, le)),
    )


def count_retardataires(ancienne: VersionLue, nouvelle: VersionLue) -> int:
    """Accounts that opened the old version and never the new one."""
    deja = LectureRapport.objects.filter(version=nouvelle.id).values("compte")
    lues = LectureRapport.objects.filter(version=ancienne.id).exclude(compte__in=deja)
    return lues.values("compte").distinct().count()


def _territoires(comptes: set[uuid.UUID], le: date) -> list[tuple[str, int]]:
    return Counter(list_lieux_de_travail(comptes, le=le).values()).most_common()
