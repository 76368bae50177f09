"""The funnel of a territory: the one that the night kept when it is of these very counts, else drawn now."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import F, Sum
from pydantic import TypeAdapter

from sne.cellules.routage import a_part, cellules, d_ici, joindre
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.suivi.models import ActiviteMensuelle, EntonnoirCalcule
from sne.suivi.rules.entonnoir import Comptage, Entonnoir, ReglesEntonnoir, calibrer, dresser

ENTONNOIR = TypeAdapter(Entonnoir)
"""How a funnel is kept and read again."""


def get_entonnoir(
    siens: Sequence[Comptage], regles: ReglesEntonnoir, *, territoire: str, le: date
) -> Entonnoir:
    """``siens``: what its counters did. How far ordinary counters differ is the nation's, as the night read it."""
    garde = EntonnoirCalcule.objects.filter(
        territoire=territoire, empreinte=empreinte_de(siens, regles)
    ).first()
    if garde is not None:
        return ENTONNOIR.validate_python(garde.contenu)
    return dresser(siens, calibrer(list_comptages(le, regles), regles), regles, territoire=territoire)


def empreinte_de(siens: Sequence[Comptage], regles: ReglesEntonnoir) -> str:
    """SHA-256, in hexadecimal, of what a territory adds to its funnel, and of the rules."""
    return hashlib.sha256(repr((siens, regles)).encode()).hexdigest()


def premier_jour(le: date, regles: ReglesEntonnoir) -> date:
    """First day of the rolling quarter: this month, whole or not, and those before it."""
    return ajouter_mois(le.replace(day=1), 1 - regles.mois)


def list_comptages(le: date, regles: ReglesEntonnoir) -> dict[str, Sequence[Comptage]]:
    """What the counters of every territory did, by territory, in each cell that answers."""
    lus = (joindre(cellule, lambda: _compter_ici(le, regles), par=a_part) for cellule in cellules())
    return {code: siens for lu in lus for code, siens in (lu or {}).items()}


def list_siens(le: date, regles: ReglesEntonnoir, *, territoire: str) -> Sequence[Comptage]:
    """What the counters of one territory did."""
    return _compter_ici(le, regles, territoire=territoire).get(territoire, ())


def _compter_ici(le: date, regles: ReglesEntonnoir, **parmi: str) -> Mapping[str, Sequence[Comptage]]:
    """Sums of the months, of the territories that this cell holds."""
    lignes = (
        ActiviteMensuelle.objects.filter(mois__gte=premier_jour(le, regles), mois__lte=le, **parmi)
        .values_list("territoire", "guichet")
        .annotate(traites=Sum("traitees"), observes=Sum(F("naissance_mineure") + F("naissance_majeure")))
    )
    par_territoire: defaultdict[str, list[Comptage]] = defaultdict(list)
    for territoire, guichet, traites, observes in lignes.order_by("territoire", "guichet"):
        par_territoire[territoire].append(Comptage(guichet, traites, observes))
    return {code: par_territoire[code] for code in d_ici(par_territoire, fermes=True)}
