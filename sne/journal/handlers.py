"""Delivery: sealed entries become jobs of their subscribers, in batches, exactly once queued; or are
written down by one in the very transaction that moves its cursor.

Subscribers register themselves in ``AppConfig.ready``: the journal knows none of them. Running a job stays at least
once, so every task is idempotent by the entry's identifier.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app as procrastinate_app

from sne.journal.rules import Verbe
from sne.journal.selectors.scellees import EntreeScellee, list_scellees

Ecrire = Callable[[Sequence[EntreeScellee]], int]
SCELLEMENTS_PAR_PASSE = 500
CHARGES = (
    "SELECT e.id::text, e.demande::text, e.revision, e.verbe, e.territoire FROM journal_position p "
    "JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree"
)
"""What a task receives of each entry, in the order of :func:`_lire_charges`."""
PAR_RANG, AU_PLUS_BAS = 50, -99
"""Jobs of a territory under one priority; the lowest, above what waits for everything else (imports)."""
EN_ATTENTE = """
SELECT DISTINCT ON (territoire) territoire, priority, nombre FROM (
    SELECT territoire, priority, count(*) AS nombre FROM (
        SELECT args ->> 'territoire' AS territoire, priority FROM procrastinate_jobs
        WHERE status = 'todo' AND priority BETWEEN %s AND 0 ORDER BY id DESC LIMIT 10000
    ) derniers GROUP BY 1, 2
) comptes WHERE territoire IS NOT NULL ORDER BY territoire, priority
"""
"""Of each territory whose jobs wait, the lowest priority and how many are under it; among the last ten thousand, so
that a crowd costs no more to look at than that. What waits for everything else is none of them.
"""


@dataclass(frozen=True, slots=True)
class Abonne:
    """One subscriber: the verbs it wants, and the name of its procrastinate task or what it writes on the spot."""

    nom: str
    verbes: frozenset[str]
    tache: str = ""
    ecrire: Ecrire | None = None


_ABONNES: dict[str, Abonne] = {}


def abonner(nom: str, *, verbes: Iterable[Verbe], tache: str) -> None:
    """Register a subscriber. The task receives ``entree_id, demande_id, revision, verbe, territoire`` as keywords."""
    _ABONNES[nom] = Abonne(nom, frozenset(str(v) for v in verbes), tache)


def suivre(nom: str, *, verbes: Iterable[Verbe], ecrire: Ecrire) -> None:
    """Register a subscriber that writes in the dispatcher's transaction, entries in their final order, one at a time.

    ``ecrire`` does nothing but write in this database: what it does lasts as long as the lock on the cursor.
    """
    _ABONNES[nom] = Abonne(nom, frozenset(str(v) for v in verbes), ecrire=ecrire)


def abonnes() -> tuple[Abonne, ...]:
    """The registered subscribers, by name."""
    return tuple(_ABONNES[nom] for nom in sorted(_ABONNES))


def distribuer() -> int:
    """Turn newly sealed entries into jobs for each subscriber; returns the number of jobs queued.

    The cursor moves in the transaction that inserts the jobs: a crash repeats nothing and loses nothing.
    """
    return sum(_distribuer_a(abonne) for abonne in abonnes())


def redistribuer(nom: str, *, depuis: datetime) -> int:
    """Queue once more what was sealed of the entries inscribed since that instant (aware); how many.

    For a subscriber whose work must not be lost when a job is lost, or when somebody moved its cursor.
    """
    abonne = _ABONNES[nom]
    with connection.cursor() as curseur:
        curseur.execute(
            f"{CHARGES} WHERE e.inscrit_le >= %s AND e.verbe = ANY(%s) ORDER BY p.scellement, p.rang",
            [depuis, sorted(abonne.verbes)],
        )
        charges = _lire_charges(curseur)
    if charges:
        procrastinate_app.configure_task(abonne.tache, allow_unknown=False).batch_defer(*charges)
    return len(charges)


@transaction.atomic
def _distribuer_a(abonne: Abonne) -> int:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO journal_abonnement (abonne, scellement) VALUES (%s, 0) ON CONFLICT DO NOTHING",
            [abonne.nom],
        )
        curseur.execute(
            "SELECT scellement FROM journal_abonnement WHERE abonne = %s FOR UPDATE SKIP LOCKED", [abonne.nom]
        )
        ligne = curseur.fetchone()
        if ligne is None:  # another dispatcher serves this subscriber now
            return 0
        curseur.execute(
            "SELECT max(numero) FROM ("
            "SELECT numero FROM journal_scellement WHERE numero > %s ORDER BY numero LIMIT %s) AS suivants",
            [ligne[0], SCELLEMENTS_PAR_PASSE],
        )
        jusqu_a = curseur.fetchone()[0]
        if jusqu_a is None:
            return 0
        servies = _servir(abonne, curseur, de=ligne[0], a=jusqu_a)
        curseur.execute(
            "UPDATE journal_abonnement SET scellement = %s, avance_le = clock_timestamp() WHERE abonne = %s",
            [jusqu_a, abonne.nom],
        )
        return servies


def _servir(abonne: Abonne, curseur: Any, *, de: int, a: int) -> int:
    if abonne.ecrire:
        return abonne.ecrire(list_scellees(apres=de, jusqu_a=a, verbes=abonne.verbes))
    charges = _charges(curseur, de=de, a=a, verbes=abonne.verbes)
    if charges:
        _mettre_en_file(abonne.tache, charges, curseur)
    return len(charges)


def _mettre_en_file(tache: str, charges: Sequence[dict[str, Any]], curseur: Any) -> None:
    """Queue them, each behind those of its territory that wait: one that left a crowd of them makes no other wait.

    Jobs of one priority are taken in their order; each ``PAR_RANG`` more of a territory come under a lower one.
    """
    curseur.execute(EN_ATTENTE, [AU_PLUS_BAS])
    suivants = {
        territoire: -priorite * PAR_RANG + nombre for territoire, priorite, nombre in curseur.fetchall()
    }
    par_priorite: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for charge in charges:
        rang = suivants.get(charge["territoire"], 0)
        suivants[charge["territoire"]] = rang + 1
        par_priorite[max(AU_PLUS_BAS, -(rang // PAR_RANG))].append(charge)
    for priorite, siennes in sorted(par_priorite.items(), reverse=True):
        procrastinate_app.configure_task(tache, priority=priorite, allow_unknown=False).batch_defer(*siennes)


def _charges(curseur: Any, *, de: int, a: int, verbes: frozenset[str]) -> list[dict[str, Any]]:
    curseur.execute(
        f"{CHARGES} WHERE p.scellement > %s AND p.scellement <= %s AND e.verbe = ANY(%s) "
        "ORDER BY p.scellement, p.rang",
        [de, a, sorted(verbes)],
    )
    return _lire_charges(curseur)


def _lire_charges(curseur: Any) -> list[dict[str, Any]]:
    noms = ("entree_id", "demande_id", "revision", "verbe", "territoire")
    return [dict(zip(noms, ligne, strict=True)) for ligne in curseur.fetchall()]
