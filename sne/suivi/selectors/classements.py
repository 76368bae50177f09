"""Cases of the follow-up that were closed, as those who follow counters may see them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur
from sne.socle.horloge import debut_du_jour
from sne.suivi import policies
from sne.suivi.models import Classement
from sne.suivi.rules.classement import MotifClassement

AU_PLUS = 100


@dataclass(frozen=True, slots=True)
class ClassementLu:
    """One case closed. ``demande`` is ``None`` for a counter; ``guichet`` is empty for the small ones together."""

    id: uuid.UUID
    guichet: str
    demande_id: uuid.UUID | None
    operation: uuid.UUID | None
    observes: int
    motif: MotifClassement
    enquete: uuid.UUID | None
    par: str
    survenu_le: datetime


def list_classements(acteur: Acteur, *, le: date) -> tuple[ClassementLu, ...]:
    """Cases closed in the territory acted for, at the counters that the actor follows, the newest first.

    One more than :data:`AU_PLUS` when they do not all fit: the screen then says so.
    """
    lus, guichets = _visibles(acteur), policies.guichets_suivis(acteur, le=le)
    if guichets is not None:
        lus = lus.filter(guichet__in=[*guichets])
    return _lire(lus.order_by("-survenu_le", "-id")[: AU_PLUS + 1])


def list_operations_classees(acteur: Acteur, *, depuis: date) -> frozenset[uuid.UUID]:
    """Last acts, since that day, of the files whose case is closed: nobody closes a case before its act."""
    dossiers = _visibles(acteur).filter(demande__isnull=False, survenu_le__gte=debut_du_jour(depuis))
    return frozenset(cle for cle in dossiers.values_list("operation", flat=True) if cle)


def list_classements_du_dossier(demande_id: uuid.UUID, acteur: Acteur) -> tuple[ClassementLu, ...]:
    """What was answered about this file, the newest first."""
    return _lire(_visibles(acteur).filter(demande=demande_id).order_by("-survenu_le", "-id"))


def derniers_classements(acteur: Acteur, guichets: Collection[str]) -> dict[str, ClassementLu]:
    """The last time each of these counters' own case was closed."""
    lus = _visibles(acteur).filter(demande=None, guichet__in=[*guichets])
    derniers = lus.order_by("guichet", "-survenu_le", "-id").distinct("guichet")
    return {c.guichet: c for c in _lire(derniers)}


def _visibles(acteur: Acteur) -> QuerySet[Classement]:
    """Of the territory acted for, if followed. Whoever may not know of enquiries sees no case that one took over."""
    lus = Classement.objects.filter(territoire=acteur.territoire)
    if not acteur.peut(Permission.SUIVI_LIRE, acteur.territoire):
        return lus.none()
    if acteur.peut(Permission.ENQUETE_LIRE, acteur.territoire):
        return lus
    return lus.exclude(motif=MotifClassement.CONFIRME.value)


def _lire(lignes: Iterable[Classement]) -> tuple[ClassementLu, ...]:
    return tuple(
        ClassementLu(
            id=c.id,
            guichet=c.guichet,
            demande_id=c.demande_id,
            operation=c.operation,
            observes=c.observes or 0,
            motif=MotifClassement(c.motif),
            enquete=c.enquete_id,
            par=str(c.classe_par.get("nom", "")),
            survenu_le=c.survenu_le,
        )
        for c in lignes
    )
