"""Reads of the journal: what was done to a demande, and by whom."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import F, Func, Max, Q, QuerySet, TextField
from django.db.models.functions import Now

from sne.journal.models import Entree, Valeur
from sne.journal.rules import Trait, Verbe, verbes_qui
from sne.socle.pages import DEBUT, Position
from sne.socle.pages_sql import ordonner
from sne.socle.replique import connection

AUTEUR = Func(F("acteur"), template="(%(expressions)s ->> 'id')", output_field=TextField())
"""The account of an entry, written as its index is: a parameter in the place of the key would not be recognised."""

SCELLEES = """
SELECT e.* FROM (
    SELECT entree, inscrit_le FROM journal_position WHERE entree = ANY(%(ids)s)
    UNION ALL SELECT entree, inscrit_le FROM journal_reprise WHERE entree = ANY(%(ids)s)
) p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
"""
"""Entries by their identifiers: sealed here, or where their territory came from."""


@dataclass(frozen=True, slots=True)
class EntreeLue:
    """One entry with its values: ``{champ: (avant, apres)}``; an erased value reads ``None``."""

    id: uuid.UUID
    verbe: str
    acteur: dict[str, Any]
    faits: dict[str, Any]
    revision: int
    survenu_le: datetime
    inscrit_le: datetime
    valeurs: dict[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Bornes:
    """What a page of entries is narrowed to. ``de``: first revision; ``depuis``, ``avant``: business instants.

    ``voile``: reads by one of these roles since that instant are left out. ``ids``: these entries only.
    """

    de: int = 1
    depuis: datetime | None = None
    avant: datetime | None = None
    voile: tuple[Collection[str], datetime] | None = None
    ids: Collection[uuid.UUID] | None = None

    def condition(self) -> Q:
        """The same as a condition on entries."""
        q = Q(revision__gte=self.de)
        if self.depuis is not None:
            q &= Q(survenu_le__gte=self.depuis)
        if self.avant is not None:
            q &= Q(survenu_le__lt=self.avant)
        if self.ids is not None:
            q &= Q(id__in=[*self.ids])
        if self.voile is not None:
            roles, instant = self.voile
            q &= ~Q(verbe__in=verbes_qui(Trait.LECTURE), acteur__role__in=[*roles], survenu_le__gte=instant)
        return q


def list_entrees(
    demande_id: uuid.UUID,
    *,
    au_plus: int = 50,
    parmi: Collection[str] | None = None,
    sauf: Collection[str] = (),
    sans: Mapping[str, str] = MappingProxyType({}),
    position: Position = DEBUT,
    bornes: Bornes | None = None,
) -> tuple[EntreeLue, ...]:
    """Entries that name this demande, the newest first, or the nearest first from a position. Verbs: ``parmi`` (all),
    except ``sauf``; ``sans``: of a verb, those that hold this fact are left out.
    """
    lues = _de(demande_id, sauf, sans)
    if bornes is not None:
        lues = lues.filter(bornes.condition())
    if parmi is not None:
        lues = lues.filter(verbe__in=[*parmi])
    return _lire(list(ordonner(lues, position, ordre=("-inscrit_le", "-id"))[:au_plus]))


def count_entrees(
    demande_id: uuid.UUID,
    *,
    parmi: Collection[str] | None = None,
    sauf: Collection[str] = (),
    sans: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """How many entries :func:`list_entrees` would give, in all."""
    lues = _de(demande_id, sauf, sans)
    return lues.count() if parmi is None else lues.filter(verbe__in=[*parmi]).count()


def _de(demande_id: uuid.UUID, sauf: Collection[str], sans: Mapping[str, str]) -> QuerySet[Entree]:
    lues = Entree.objects.filter(demande=demande_id).exclude(verbe__in=[*sauf])
    for verbe, fait in sans.items():
        lues = lues.exclude(verbe=verbe, faits__has_key=fait)
    return lues


def list_entrees_de(ids: Collection[uuid.UUID]) -> tuple[EntreeLue, ...]:
    """These entries, in no order that matters.

    Their seal says their month: no index begins by the identifier, and by it alone every month is read. It is for those
    that wait for their seal, which are few.
    """
    lues = list(Entree.objects.raw(SCELLEES, {"ids": [*ids]}))
    attendent = {*ids} - {entree.id for entree in lues}
    if attendent:
        lues += Entree.objects.filter(id__in=attendent)
    return _lire(lues)


@dataclass(frozen=True, slots=True)
class Scelle:
    """An entry under seal: number of the seal, rank in it, when it was put, digest of the entry (hexadecimal)."""

    scellement: int
    rang: int
    scelle_le: datetime
    empreinte: str


def list_scelles(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Scelle]:
    """Where these entries stand, by entry; those that wait for a seal are left out."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT p.entree, p.scellement, p.rang, s.scelle_le, encode(e.empreinte, 'hex') "
            "FROM journal_position p JOIN journal_scellement s ON s.numero = p.scellement "
            "JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
            "WHERE p.entree = ANY(%s)",
            [list(ids)],
        )
        return {entree: Scelle(*reste) for entree, *reste in curseur.fetchall()}


def is_entree_de(entree_id: uuid.UUID, *, demandes: Collection[uuid.UUID]) -> bool:
    """Whether this entry names one of these demandes."""
    return Entree.objects.filter(id=entree_id, demande__in=[*demandes]).exists()


def has_entree_disant(demande_id: uuid.UUID, verbe: str, *, cle: str, valeur: str) -> bool:
    """Whether an act of this verb on this demande says this value of this fact."""
    return Entree.objects.filter(demande=demande_id, verbe=verbe, **{f"faits__{cle}": valeur}).exists()


def premieres_lectures(demande_id: uuid.UUID, verbe: str, *, cle: str, par: uuid.UUID) -> dict[str, datetime]:
    """When this account first did this act on this demande, by the value of that fact."""
    dites = Entree.objects.filter(demande=demande_id, verbe=verbe, acteur__id=str(par))
    lues: dict[str, datetime] = {}
    for faits, survenu_le in dites.order_by("-survenu_le").values_list("faits", "survenu_le"):
        lues[str(faits.get(cle, ""))] = survenu_le
    return lues


def premiers_dits(
    verbe: str, *, par: Collection[uuid.UUID], cle: str, depuis: datetime
) -> dict[str, datetime]:
    """When one of these accounts first said each value of a fact that lists several, since that instant."""
    siens = Entree.objects.annotate(auteur=AUTEUR).filter(auteur__in=[str(compte) for compte in par])
    dites = siens.filter(verbe=verbe, survenu_le__gte=depuis).order_by("-survenu_le")
    dits: dict[str, datetime] = {}
    for faits, survenu_le in dites.values_list("faits", "survenu_le"):
        dits |= dict.fromkeys(faits.get(cle, ()), survenu_le)
    return dits


def count_depuis(demande_id: uuid.UUID, verbe: str, *, depuis: datetime) -> int:
    """How many acts of this verb this demande had since that instant."""
    return Entree.objects.filter(demande=demande_id, verbe=verbe, survenu_le__gt=depuis).count()


def list_actes_de(
    demande_id: uuid.UUID, *, par: uuid.UUID, parmi: Collection[str], depuis: timedelta
) -> frozenset[str]:
    """Which of these acts this account did on this demande in the time ``depuis``, by the database's clock."""
    siens = Entree.objects.filter(
        demande=demande_id, inscrit_le__gt=Now() - depuis, verbe__in=[*parmi], acteur__id=str(par)
    )
    return frozenset(siens.values_list("verbe", flat=True))


def derniers_actes(demandes: Collection[uuid.UUID], verbe: str) -> dict[uuid.UUID, datetime]:
    """When each of these demandes last had an act of this verb; one statement, none for no demande."""
    dites = Entree.objects.filter(demande__in=[*demandes], verbe=verbe).order_by()
    return dict(dites.values_list("demande").annotate(le=Max("survenu_le")))


def derniers_actes_sous(demande_id: uuid.UUID, mandats: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When a helper last acted on this demande, or read it, under each of these mandates."""
    sous = Entree.objects.filter(
        demande=demande_id, acteur__aide__in=[str(cle) for cle in mandats]
    ).order_by()
    return {uuid.UUID(cle): le for cle, le in sous.values_list("acteur__aide").annotate(le=Max("survenu_le"))}


def list_exerces(
    demandes: Collection[uuid.UUID], mandats: Collection[uuid.UUID], *, sauf: Collection[Verbe]
) -> frozenset[uuid.UUID]:
    """Those of these mandates, on these demandes, under which a helper did or read something else than these."""
    sous = Entree.objects.filter(demande__in=demandes, acteur__aide__in=[str(cle) for cle in mandats])
    dits = sous.exclude(verbe__in=[*sauf]).order_by().values_list("acteur__aide", flat=True).distinct()
    return frozenset(map(uuid.UUID, dits))


def is_lue_par_un_collegue(
    demande_id: uuid.UUID, verbe: Verbe, *, guichet: str, sauf: uuid.UUID, le: datetime, depuis: timedelta
) -> bool:
    """Whether an account of this guichet other than ``sauf`` did this to this demande in the time ``depuis``
    before ``le``.

    The instant of the act decides; that of the database, never before it, bounds what the index is asked for.
    """
    lectures = Entree.objects.filter(
        demande=demande_id,
        inscrit_le__gt=Now() - depuis,
        survenu_le__gt=le - depuis,
        verbe=verbe,
        acteur__guichet=guichet,
    )
    return lectures.exclude(acteur__id=str(sauf)).exists()


def _lire(entrees: Sequence[Entree]) -> tuple[EntreeLue, ...]:
    """Entries with their values."""
    valeurs: dict[uuid.UUID, dict[str, list[str | None]]] = {}
    for v in Valeur.objects.filter(entree__in=[e.id for e in entrees]):
        valeurs.setdefault(v.entree, {}).setdefault(v.champ, [None, None])[v.cote == "apres"] = v.valeur
    return tuple(
        EntreeLue(
            id=e.id,
            verbe=e.verbe,
            acteur=e.acteur,
            faits=e.faits,
            revision=e.revision or 0,
            survenu_le=e.survenu_le,
            inscrit_le=e.inscrit_le,
            valeurs={champ: (avant, apres) for champ, (avant, apres) in valeurs.get(e.id, {}).items()},
        )
        for e in entrees
    )
