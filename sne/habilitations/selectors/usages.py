"""What each account did in each role, added up from the journal, today included; rights that it never used."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import DateTimeField, F, Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from sne.habilitations.models import Habilitation, UsageDroit
from sne.habilitations.rules import PERMISSIONS, ROLES, Permission, Role
from sne.habilitations.rules.usages import AGISSENT, VERBES, jamais_utilises
from sne.socle.horloge import debut_du_jour

RECOUVREMENT = timedelta(days=1)
"""How far before the last seal added up an entry may have been written and not be in it: a transaction ends sooner."""
DEPUIS = """
SELECT territoire, (acteur ->> 'id')::uuid, acteur ->> 'role', acteur ->> 'guichet', verbe, max(survenu_le)
FROM journal_entree
WHERE inscrit_le >= %s AND acteur ->> 'id' = ANY(%s) AND verbe = ANY(%s)
    AND acteur ->> 'canal' = ANY(%s)
GROUP BY 1, 2, 3, 4, 5
"""


class Usage(NamedTuple):
    """When an account last did one kind of act in one role and place."""

    territoire: str
    compte: uuid.UUID
    role: str
    guichet: str
    verbe: str
    dernier_le: datetime


@dataclass(frozen=True, slots=True)
class UsageLu:
    """One role: rights that it gives, those never used in it, when its account last acted in any."""

    tenus: tuple[Permission, ...]
    jamais: tuple[Permission, ...]
    dernier_le: datetime | None


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
    """Rights of each role that left no trace since it was granted, up to this very instant."""
    return {cle: lu.jamais for cle, lu in list_usages(habilitations).items()}


def list_usages(habilitations: Iterable[Habilitation]) -> dict[uuid.UUID, UsageLu]:
    """What each role gives and how it was used, up to this very instant; four statements, however many roles."""
    tenues = list(habilitations)
    usages = defaultdict(list)
    for usage in _usages({h.compte_id for h in tenues}):
        usages[usage.compte].append(usage)
    retires = defaultdict(set)
    cles = [h.id for h in tenues]
    for cle, permission in Habilitation.objects.filter(id__in=cles, reductions__isnull=False).values_list(
        "id", "reductions__permission"
    ):
        retires[cle].add(permission)
    return {h.id: _lu(h, usages[h.compte_id], retires[h.id]) for h in tenues}


def _lu(habilitation: Habilitation, usages: Sequence[Usage], retires: Collection[str]) -> UsageLu:
    role = Role(habilitation.role)
    verbes = {u.verbe for u in usages if u.role == role and _la(u, habilitation)}
    return UsageLu(
        tenus=tuple(p for p in PERMISSIONS if p in ROLES[role].permissions and p not in retires),
        jamais=jamais_utilises(role, verbes, retires=retires),
        dernier_le=max((u.dernier_le for u in usages), default=None),
    )


def _usages(comptes: Collection[uuid.UUID]) -> Iterator[Usage]:
    """What was added up by night, then what the journal says since: the same act may be in both."""
    lus = UsageDroit.objects.filter(compte__in=comptes)
    yield from map(Usage._make, lus.values_list(*Usage._fields))
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT s.scelle_le FROM releve_usages r JOIN journal_scellement s ON s.numero = r.scellement"
        )
        releve = curseur.fetchone()
        depuis = releve[0] - RECOUVREMENT if releve else datetime.min.replace(tzinfo=UTC)
        curseur.execute(DEPUIS, [depuis, [str(c) for c in comptes], sorted(map(str, VERBES)), [*AGISSENT]])
        yield from map(Usage._make, curseur.fetchall())


def _la(usage: Usage, habilitation: Habilitation) -> bool:
    """Whether this was done in the place of the role, since it was granted. An act on no file has no territory."""
    return (
        usage.dernier_le >= debut_du_jour(habilitation.debut)
        and (not habilitation.guichet or usage.guichet == habilitation.guichet)
        and (not habilitation.territoire or usage.territoire in ("", habilitation.territoire))
    )
