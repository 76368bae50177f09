"""What counters are, kept by day: a counter that changes hands does not take its past along."""

from datetime import date, timedelta

from sne.infocentre.lac.models import GuichetDate
from sne.referentiels.rules import FicheGuichet
from sne.referentiels.selectors import get_geographie
from sne.referentiels.selectors.guichets import list_fiches_des

JOUR = timedelta(days=1)


def noter_les_guichets(le: date) -> int:
    """Close what is no longer so, open what is so from that day on; how many changed. Call it in a pouring."""
    connus = {g.guichet: g for g in GuichetDate.objects.filter(au=None)}
    fiches = list_fiches_des(get_geographie().territoires)
    changes = [code for code, f in fiches.items() if code not in connus or _dits(connus[code]) != _lus(f)]
    GuichetDate.objects.filter(guichet__in=changes, au=None).update(au=le - JOUR)
    GuichetDate.objects.bulk_create(
        GuichetDate(
            guichet=code,
            du=le if code in connus else None,
            organisme_nom=fiches[code].organisme_nom,
            **dict(zip(DITS, _lus(fiches[code]), strict=True)),
        )
        for code in changes
    )
    return len(changes)


DITS = ("organisme", "type_organisme", "categorie", "commune")


def _dits(guichet: GuichetDate) -> tuple[str, ...]:
    return tuple(getattr(guichet, nom) for nom in DITS)


def _lus(fiche: FicheGuichet) -> tuple[str, ...]:
    return tuple(str(getattr(fiche, nom)) for nom in DITS)
