"""What each account did in each role, added up from the journal; rights that it never used."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import DateTimeField, F, Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from sne.habilitations.models import Habilitation, UsageDroit
from sne.habilitations.rules import Permission, Role
from sne.habilitations.rules.usages import jamais_utilises
from sne.socle.horloge import debut_du_jour


def derniere_utilisation() -> Greatest:
    """When the account of a role was last used, for a queryset of roles; null when it never was.

    The later of its last sign-in and of its last act in the journal, added up night after night: an interface acts
    without ever signing in.
    """
    actes = UsageDroit.objects.filter(compte=OuterRef("compte")).order_by().values("compte")
    dernier = Subquery(actes.annotate(le=Max("dernier_le")).values("le"))
    # PostgreSQL leaves nulls aside.
    return Greatest(F("compte__derniere_utilisation"), dernier, output_field=DateTimeField())


def list_jamais_utilises(habilitations: Iterable[Habilitation]) -> dict[uuid.UUID, tuple[Permission, ...]]:
    """Rights of each role that left no trace since it was granted; two statements at most, however many roles."""
    tenues = list(habilitations)
    usages = defaultdict(list)
    for usage in UsageDroit.objects.filter(compte__in={h.compte_id for h in tenues}):
        usages[usage.compte, usage.role].append(usage)
    retires = defaultdict(set)
    cles = [h.id for h in tenues]
    for cle, permission in Habilitation.objects.filter(id__in=cles, reductions__isnull=False).values_list(
        "id", "reductions__permission"
    ):
        retires[cle].add(permission)
    return {
        h.id: jamais_utilises(
            Role(h.role),
            {u.verbe for u in usages[h.compte_id, h.role] if _la(u, h)},
            retires=retires[h.id],
        )
        for h in tenues
    }


def _la(usage: UsageDroit, habilitation: Habilitation) -> bool:
    """Whether this was done in the place of the role, since it was granted. An act on no file has no territory."""
    return (
        usage.dernier_le >= debut_du_jour(habilitation.debut)
        and (not habilitation.guichet or usage.guichet == habilitation.guichet)
        and (not habilitation.territoire or usage.territoire in ("", habilitation.territoire))
    )
