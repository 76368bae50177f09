"""Acts that a score ranks among those to look at: one's own, and what their authors said of them."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sne.habilitations.rules import Permission
from sne.habilitations.selectors import list_comptes_de
from sne.registre.models import ObservationIdentite, Operation
from sne.registre.rules.controle import Terme
from sne.registre.selectors.controle import get_seuils
from sne.socle.acteur import Acteur

AU_PLUS = 50


@dataclass(frozen=True, slots=True)
class ChangementRegarde:
    """One act of the reader. ``explication`` is empty as long as they said nothing."""

    id: uuid.UUID
    nud: str
    survenu_le: datetime
    score: float
    termes: tuple[Terme, ...]
    explication: str
    expliquee_le: datetime | None


@dataclass(frozen=True, slots=True)
class Explication:
    """What an agent said of an act of theirs, for who decides."""

    par: str
    acte_le: datetime
    survenu_le: datetime
    texte: str


def operations_regardees(acteur: Acteur, *, le: date) -> QuerySet[Operation]:
    """Acts of this person, under any of their accounts, that are looked at, where they may still make such acts."""
    siennes = Operation.objects.filter(
        auteur__in=list_comptes_de(acteur.id), score__isnull=False, score__gte=get_seuils(le).score_regarder
    )
    territoires = acteur.territoires(Permission.ETAT_CIVIL_PROPOSER)
    return siennes if territoires is None else siennes.filter(territoire__in=sorted(territoires))


def list_changements_regardes(acteur: Acteur, *, le: date) -> tuple[ChangementRegarde, ...]:
    """The reader's own acts that are looked at, the newest first; nobody else's."""
    siennes = operations_regardees(acteur, le=le).select_related("demande", "observation")
    return tuple(
        ChangementRegarde(
            id=o.id,
            nud=o.demande.nud,
            survenu_le=o.survenu_le,
            score=float(o.score or 0),
            termes=tuple(Terme(**terme) for terme in o.termes or []),
            explication=o.observation.texte if hasattr(o, "observation") else "",
            expliquee_le=o.observation.survenu_le if hasattr(o, "observation") else None,
        )
        for o in siennes.order_by("-survenu_le", "-id")[:AU_PLUS]
    )


def compter_changements_regardes(acteur: Acteur, *, le: date) -> int:
    """How many of the reader's own acts are looked at and not explained."""
    return operations_regardees(acteur, le=le).filter(observation=None).count()


def list_explications(demande_id: uuid.UUID) -> tuple[Explication, ...]:
    """What agents said of their acts on this demande, the newest first."""
    dites = ObservationIdentite.objects.filter(demande=demande_id).select_related("operation")
    return tuple(
        Explication(
            par=str(o.ecrite_par["nom"]),
            acte_le=o.operation.survenu_le,
            survenu_le=o.survenu_le,
            texte=o.texte,
        )
        for o in dites.order_by("-survenu_le", "-id")
    )
