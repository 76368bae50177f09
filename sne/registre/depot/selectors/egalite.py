"""What was recorded of equal treatment for one demande."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth

from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.depot.rules.egalite import Consigne, Etape, Moment, bilan
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


def list_consignes(demande_id: uuid.UUID) -> tuple[Consigne, ...]:
    """Everything recorded for this demande, in order. The caller has checked the perimeter."""
    lignes = ConsigneEgalite.objects.filter(demande=demande_id).order_by("inscrit_le", "id")
    return tuple(Consigne(Moment(x.moment), frozenset(x.points), x.survenu_le, x.guichet) for x in lignes)


def get_egalite(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[Etape, ...]:
    """The three steps of this demande. Raises ``Introuvable`` outside the perimeter."""
    if not Demande.objects.filter(policies.scope(acteur), id=demande_id).exists():
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro.")
    return bilan(list_consignes(demande_id))


@dataclass(frozen=True, slots=True)
class EtapesConsignees:
    """Demandes of a month by one way of filing, and how many have each step recorded."""

    mois: date
    canal: str
    demandes: int
    etapes: Mapping[Moment, int]


def compter_etapes(
    territoire: str, guichets: Collection[str], *, depuis: date, jusque: date
) -> tuple[EtapesConsignees, ...]:
    """New demandes of these counters from a day to another (left out), by month and way of filing; one statement.

    Never by who the household is: nothing here says where anybody comes from.
    """
    dernieres = ConsigneEgalite.objects.filter(demande=OuterRef("pk")).order_by("-inscrit_le", "-id")
    points = {
        moment: Subquery(dernieres.filter(moment=moment.value).values("points__len")[:1]) for moment in Moment
    }
    deposees = Demande.objects.filter(
        territoire=territoire,
        guichet_createur__in=[*guichets],
        date_depot__gte=depuis,
        date_depot__lt=jusque,
    ).annotate(mois=TruncMonth("date_depot"), **{f"points_{m.value}": points[m] for m in Moment})
    comptes = {f"avec_{m.value}": Count("pk", filter=Q(**{f"points_{m.value}__gt": 0})) for m in Moment}
    lignes: Iterable[Any] = (
        deposees.values("mois", "canal").annotate(sur=Count("pk"), **comptes).order_by("mois", "canal")
    )
    return tuple(
        EtapesConsignees(x["mois"], x["canal"], x["sur"], {m: x[f"avec_{m.value}"] for m in Moment})
        for x in lignes
    )
