"""What the work lists hold against what is due (no difference, unless one forgot); how much waits in each territory."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from sne.registre.attente import policies
from sne.registre.attente.models import Attente
from sne.registre.attente.rules import NatureAttente
from sne.socle.acteur import Acteur
from sne.socle.replique import connection

ECARTS = """
SELECT coalesce(a.demande_id, x.demande_id), coalesce(a.nature, x.nature), a.id IS NOT NULL, x.id IS NOT NULL
FROM (
    SELECT d.id AS demande_id, d.territoire, d.statut NOT IN ('RADIEE', 'PURGEE') AS ouverte, y.*
    FROM demande d CROSS JOIN attente_due(d.id, %s) y
) x
FULL JOIN attente a ON a.id = x.id AND a.nature = x.nature
WHERE (a.demande_id, a.territoire, a.liste, a.guichet, a.auteur, a.depuis, a.avant, a.ouverte) IS DISTINCT FROM (
    x.demande_id, x.territoire, x.liste, x.guichet, x.auteur, coalesce(x.depuis, a.depuis), x.avant, x.ouverte)
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Ecart:
    """One line that differs: ``tenue`` when the list has it, ``due`` when it should; both when it says otherwise."""

    demande_id: uuid.UUID
    nature: NatureAttente
    tenue: bool
    due: bool


def list_ecarts() -> tuple[Ecart, ...]:
    """Every difference, in the whole register: some thirty index reads for each demande."""
    with connection.cursor() as curseur:
        curseur.execute(ECARTS, [[*NatureAttente.tous()]])
        return tuple(Ecart(d, NatureAttente.tous()[n], t, due) for d, n, t, due in curseur.fetchall())


@dataclass(frozen=True, slots=True)
class FileDAttente:
    """How many of one nature wait in a territory, since when the oldest, how many past their day."""

    territoire: str
    nature: NatureAttente
    nombre: int
    depuis: datetime
    en_retard: int


def compter_par_territoire(*, le: date) -> tuple[FileDAttente, ...]:
    """What waits in the whole register, counted: no file is named. Reads every line, for the night."""
    ouvertes = Attente.objects.filter(ouverte=True).values("territoire", "nature")
    comptees = ouvertes.annotate(
        nombre=Count("id"), plus_ancien=Min("depuis"), en_retard=Count("id", filter=Q(avant__lt=le))
    )
    return tuple(
        FileDAttente(
            une["territoire"],
            NatureAttente.tous()[une["nature"]],
            une["nombre"],
            une["plus_ancien"],
            une["en_retard"],
        )
        for une in comptees.order_by("territoire", "nature")
    )


def is_a_decider(nature: NatureAttente, acteur: Acteur, *, guichet: str) -> bool:
    """Whether the actor may decide, for that counter, of what is awaited where they act."""
    return policies.can_decider(acteur, nature, territoire=acteur.territoire, guichet=guichet)


def is_ouverte_a(nature: NatureAttente, acteur: Acteur, *, guichet: str) -> bool:
    """Whether the page of what is awaited opens to the actor; what is put to one counter, to that counter only."""
    sien = not nature.attendu.a_ce_guichet or acteur.guichet == guichet
    return sien and policies.can_ouvrir(acteur, nature, territoire=acteur.territoire)
