"""Reads of the journal: what was done to a demande, and whether the journal still proves itself."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from sne.journal.models import Entree, Valeur
from sne.journal.rules import LECTURES, Verbe


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
class Ecart:
    """One thing that does not prove itself: what, where, in a French sentence."""

    scellement: int
    entree: uuid.UUID | None
    phrase: str


@dataclass(frozen=True, slots=True)
class EtatDuJournal:
    """Counts of a verification. Entries not sealed yet are no gap: they wait for a running transaction."""

    entrees: int
    scellees: int
    scellements: int
    en_attente: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of entries starts: just after one entry, or just before it when ``en_arriere``."""

    inscrit_le: datetime
    id: uuid.UUID
    en_arriere: bool = False


@dataclass(frozen=True, slots=True)
class Bornes:
    """What a page of entries is narrowed to. ``de``, ``a``: revisions; ``depuis``, ``avant``: business instants.

    ``voile``: reads by one of these roles since that instant are left out. ``ids``: these entries only.
    """

    de: int = 1
    a: int | None = None
    depuis: datetime | None = None
    avant: datetime | None = None
    voile: tuple[Collection[str], datetime] | None = None
    ids: Collection[uuid.UUID] | None = None

    def condition(self) -> Q:
        """The same as a condition on entries."""
        q = Q(revision__gte=self.de)
        if self.a is not None:
            q &= Q(revision__lte=self.a)
        if self.depuis is not None:
            q &= Q(survenu_le__gte=self.depuis)
        if self.avant is not None:
            q &= Q(survenu_le__lt=self.avant)
        if self.ids is not None:
            q &= Q(id__in=[*self.ids])
        if self.voile is not None:
            roles, instant = self.voile
            q &= ~Q(verbe__in=[*LECTURES], acteur__role__in=[*roles], survenu_le__gte=instant)
        return q


def list_entrees(
    demande_id: uuid.UUID,
    *,
    au_plus: int = 50,
    parmi: Collection[str] | None = None,
    sauf: Collection[str] = (),
    place: Place | None = None,
    bornes: Bornes | None = None,
) -> tuple[EntreeLue, ...]:
    """Entries that name this demande, the newest first, from ``place``. Verbs: ``parmi`` (all), but for ``sauf``."""
    lues = Entree.objects.filter(demande=demande_id).exclude(verbe__in=[*sauf])
    if bornes is not None:
        lues = lues.filter(bornes.condition())
    if parmi is not None:
        lues = lues.filter(verbe__in=[*parmi])
    if place is not None:
        lues = lues.filter(_au_dela(place))
    if place is not None and place.en_arriere:
        return _lire([*lues.order_by("inscrit_le", "id")[:au_plus]][::-1])
    return _lire(list(lues.order_by("-inscrit_le", "-id")[:au_plus]))


def count_entrees(
    demande_id: uuid.UUID, *, parmi: Collection[str] | None = None, sauf: Collection[str] = ()
) -> int:
    """How many entries name this demande, of the verbs ``parmi`` (all), but for ``sauf``."""
    lues = Entree.objects.filter(demande=demande_id).exclude(verbe__in=[*sauf])
    return lues.count() if parmi is None else lues.filter(verbe__in=[*parmi]).count()


def has_entree_par(demande_id: uuid.UUID, *, canal: str, parmi: Collection[str]) -> bool:
    """Whether one of these acts was done on this demande through that door."""
    return Entree.objects.filter(demande=demande_id, verbe__in=[*parmi], acteur__canal=canal).exists()


def list_entrees_de(ids: Collection[uuid.UUID]) -> tuple[EntreeLue, ...]:
    """These entries, in no order that matters."""
    return _lire(list(Entree.objects.filter(id__in=[*ids])))


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


def count_depuis(demande_id: uuid.UUID, verbe: str, *, depuis: datetime) -> int:
    """How many acts of this verb this demande had since that instant."""
    return Entree.objects.filter(demande=demande_id, verbe=verbe, survenu_le__gt=depuis).count()


def is_lue_par_un_collegue(
    demande_id: uuid.UUID, *, guichet: str, sauf: uuid.UUID, le: datetime, depuis: timedelta
) -> bool:
    """Whether an account of this guichet other than ``sauf`` read this demande in the time ``depuis`` before ``le``.

    The instant of the act decides; that of the database, never before it, bounds what the index is asked for.
    """
    lectures = Entree.objects.filter(
        demande=demande_id,
        inscrit_le__gt=Now() - depuis,
        survenu_le__gt=le - depuis,
        verbe=Verbe.CONSULTER,
        acteur__guichet=guichet,
    )
    return lectures.exclude(acteur__id=str(sauf)).exists()


def _au_dela(place: Place) -> Q:
    """Older than the place, or newer when the page goes backwards; entries of one instant are in the order of ids."""
    if place.en_arriere:
        return Q(inscrit_le__gt=place.inscrit_le) | Q(inscrit_le=place.inscrit_le, id__gt=place.id)
    return Q(inscrit_le__lt=place.inscrit_le) | Q(inscrit_le=place.inscrit_le, id__lt=place.id)


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


def etat_du_journal() -> EtatDuJournal:
    """How many entries there are, how many are sealed, how many wait."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT (SELECT count(*) FROM journal_entree), (SELECT count(*) FROM journal_position), "
            "(SELECT count(*) FROM journal_scellement)"
        )
        entrees, scellees, scellements = curseur.fetchone()
    return EtatDuJournal(entrees, scellees, scellements, entrees - scellees)


@dataclass(frozen=True, slots=True)
class Retard:
    """How long the oldest entry waits for its seal, and the oldest seal for its delivery to every subscriber."""

    scellement: timedelta
    distribution: timedelta


def get_retard(*, le: datetime) -> Retard:
    """Delays seen at ``le`` (aware): the alarm of a sealer or dispatcher that stopped, or of a long transaction."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT (SELECT min(inscrit_le) FROM journal_entree WHERE ere = journal_ere() AND xid >= coalesce("
            "(SELECT max(xid_a) FROM journal_scellement WHERE ere = journal_ere()), '0'::xid8)), "
            "(SELECT min(s.scelle_le) FROM journal_scellement s "
            "JOIN journal_abonnement a ON s.numero > a.scellement)"
        )
        non_scelle, non_distribue = curseur.fetchone()
    return Retard(
        scellement=max(timedelta(), le - non_scelle) if non_scelle else timedelta(),
        distribution=max(timedelta(), le - non_distribue) if non_distribue else timedelta(),
    )


def list_mois_ouverts() -> tuple[date, ...]:
    """First days of the months whose partition exists, in order."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT to_date(right(relname, 7), 'YYYY_MM') FROM pg_class "
            "WHERE relname ~ '^journal_entree_[0-9]{4}_[0-9]{2}$' AND relispartition ORDER BY 1"
        )
        return tuple(ligne[0] for ligne in curseur.fetchall())


def verifier() -> Iterator[Ecart]:
    """Recompute every hash, commitment, root and link, and yield each difference, seal by seal.

    Reads the database alone; a verifier that trusts nothing in it works on the exported journal.
    """
    yield from _chaine()
    yield from _lignes(
        "SELECT p.scellement, p.entree, "
        "format('L’entrée de rang %s du scellement %s a disparu.', p.rang, p.scellement) "
        "FROM journal_position p LEFT JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
        "WHERE e.id IS NULL ORDER BY 1, p.rang"
    )
    yield from _lignes(
        "SELECT p.scellement, p.entree, "
        "format('L’entrée de rang %s du scellement %s a été modifiée.', p.rang, p.scellement) "
        "FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
        "WHERE e.empreinte <> journal_feuille(e) ORDER BY 1, p.rang"
    )
    yield from _lignes(
        "SELECT coalesce(p.scellement, 0), v.entree, "
        "format('La valeur « %s » (%s) ne répond pas à son engagement.', v.champ, v.cote) "
        "FROM journal_valeur v LEFT JOIN journal_position p ON p.entree = v.entree "
        "LEFT JOIN journal_entree e ON e.id = v.entree "
        "WHERE v.valeur IS NOT NULL AND journal_engagement(v.sel, v.champ, v.cote, v.valeur) "
        "IS DISTINCT FROM e.faits -> 'engagements' ->> (v.champ || '.' || v.cote) ORDER BY 1"
    )


def _lignes(requete: str) -> Iterator[Ecart]:
    with connection.cursor() as curseur:
        curseur.execute(requete)
        for scellement, entree, phrase in curseur.fetchall():
            yield Ecart(scellement, entree, phrase)


def _chaine() -> Iterator[Ecart]:
    """Each seal against the one before, and against the leaves it holds."""
    precedent, attendu = b"", 1
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT s.numero, s.precedent, s.empreinte, s.nombre, s.racine, "
            "journal_maillon(s.precedent, s.numero, s.ere, s.xid_de, s.xid_a, s.nombre, s.racine), "
            "count(p.rang), coalesce(max(p.rang), 0), journal_racine(array_agg(e.empreinte ORDER BY p.rang)) "
            "FROM journal_scellement s LEFT JOIN journal_position p ON p.scellement = s.numero "
            "LEFT JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
            "GROUP BY s.numero ORDER BY s.numero"
        )
        for (
            numero,
            avant,
            empreinte,
            nombre,
            racine,
            maillon,
            comptees,
            dernier_rang,
            racine_lue,
        ) in curseur.fetchall():
            if numero != attendu or bytes(avant) != precedent or bytes(maillon) != bytes(empreinte):
                yield Ecart(numero, None, f"Le scellement {numero} ne suit pas le précédent.")
            if comptees != nombre or dernier_rang != nombre:
                yield Ecart(
                    numero, None, f"Le scellement {numero} annonce {nombre} entrées et en a {comptees}."
                )
            elif racine_lue is None or bytes(racine_lue) != bytes(racine):
                yield Ecart(numero, None, f"La racine du scellement {numero} ne répond pas à ses entrées.")
            precedent, attendu = bytes(empreinte), numero + 1
