"""Whether the journal goes on and still proves itself: counts, delays, months, each difference."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sne.journal.rules import Verbe
from sne.socle.replique import connection


@dataclass(frozen=True, slots=True)
class Ecart:
    """One thing that the verification refuses: what, where, in a French sentence.

    ``faux_jalon``: number of a checkpoint that no key signed; it says nothing of the journal itself.
    """

    scellement: int
    entree: uuid.UUID | None
    phrase: str
    faux_jalon: int | None = None


@dataclass(frozen=True, slots=True)
class EtatDuJournal:
    """Counts of a verification. Entries of today’s era not sealed yet wait for a running transaction: no gap."""

    entrees: int
    scellees: int
    scellements: int
    en_attente: int


def etat_du_journal() -> EtatDuJournal:
    """How many entries there are, how many are sealed, how many wait."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT (SELECT count(*) FROM journal_entree), (SELECT count(*) FROM journal_position), "
            "(SELECT count(*) FROM journal_scellement), (SELECT count(*) FROM journal_reprise)"
        )
        entrees, scellees, scellements, reprises = curseur.fetchone()
    return EtatDuJournal(entrees, scellees, scellements, entrees - scellees - reprises)


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


def count_d_eres_closes() -> int:
    """Entries of a server that is no longer there, written before a promotion or a restore, and not sealed yet."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM journal_eres_a_sceller() a "
            "JOIN journal_entree e ON e.ere = a.ere AND e.xid >= a.xid_de"
        )
        return int(curseur.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Retenue:
    """The session that sealing waits for. ``depuis`` is ``None`` when another role's session does not say."""

    pid: int
    depuis: timedelta | None


def list_retenues() -> tuple[Retenue, ...]:
    """Who holds the lock of the sealer, then transactions that write, the oldest first: later entries wait for them.
    Transactions of every database of the server are listed, because their numbers are common to the server.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT l.pid, clock_timestamp() - a.xact_start FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) "
            "WHERE l.granted AND l.pid <> pg_backend_pid() AND (l.locktype = 'transactionid' "
            "AND l.mode = 'ExclusiveLock' OR l.locktype = 'advisory' AND l.objsubid = 1 "
            "AND l.objid = (hashtext('journal_sceller')::bigint & 4294967295)::oid) "
            "ORDER BY age(l.transactionid) DESC NULLS FIRST"
        )
        return tuple(Retenue(*ligne) for ligne in curseur.fetchall())


def list_mois_ouverts() -> tuple[date, ...]:
    """First days of the months whose partition exists, in order."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT to_date(right(relname, 7), 'YYYY_MM') FROM pg_class "
            "WHERE relname ~ '^journal_entree_[0-9]{4}_[0-9]{2}$' AND relispartition ORDER BY 1"
        )
        return tuple(ligne[0] for ligne in curseur.fetchall())


def list_verbes_inconnus() -> tuple[str, ...]:
    """Sentences on verbs that no act of the service writes: anybody who holds its database role may inscribe any."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT verbe, count(*) FROM journal_entree WHERE verbe <> ALL(%s) GROUP BY verbe ORDER BY verbe",
            [[*Verbe.tous()]],
        )
        return tuple(
            f"{nombre} entrée(s) du verbe « {verbe} », qu’aucun acte du service n’écrit."
            for verbe, nombre in curseur.fetchall()
        )


def verifier() -> Iterator[Ecart]:
    """Recompute every hash, commitment, root and link, and yield each difference, seal by seal.

    Reads the database alone, checkpoints aside; a verifier that trusts nothing in it works on the exported journal.
    """
    yield from _chaine()
    yield from _lignes(
        "SELECT 0, NULL, format(CASE WHEN tardive "
        "THEN '%s entrée(s) de l’ère close %s ont été ajoutées après coup : aucun scellement ne les tient.' "
        "ELSE '%s entrée(s) de l’ère close %s ne sont pas scellées : sne travailler les scelle.' END, nombre, ere) "
        "FROM (SELECT e.ere, coalesce(e.xid < (SELECT max(s.xid_a) FROM journal_scellement s WHERE s.ere = e.ere), "
        "false) AS tardive, count(*) AS nombre FROM journal_entree e LEFT JOIN journal_position p ON p.entree = e.id "
        "LEFT JOIN journal_reprise r ON r.entree = e.id "
        "WHERE p.entree IS NULL AND r.entree IS NULL AND e.ere <> journal_ere() GROUP BY 1, 2) AS x "
        "ORDER BY ere, tardive"
    )
    yield from _lignes(
        "SELECT p.scellement, p.entree, "
        "format('L’entrée de rang %s du scellement %s a disparu.', p.rang, p.scellement) "
        "FROM journal_position p LEFT JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
        "WHERE e.id IS NULL AND NOT EXISTS (SELECT FROM journal_retrait r "
        "WHERE r.mois = date_trunc('month', p.inscrit_le AT TIME ZONE 'UTC')::date) ORDER BY 1, p.rang"
    )
    yield from _lignes(
        "SELECT p.scellement, p.entree, "
        "format('L’entrée de rang %s du scellement %s a été modifiée.', p.rang, p.scellement) "
        "FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree "
        "WHERE e.empreinte <> journal_feuille(e) OR e.empreinte <> p.empreinte ORDER BY 1, p.rang"
    )
    yield from _lignes(
        "SELECT 0, r.entree, format('L’entrée reçue de la cellule « %s » (scellement %s, rang %s) a disparu, "
        "ou a été modifiée.', r.cellule, r.scellement, r.rang) "
        "FROM journal_reprise r LEFT JOIN journal_entree e ON e.inscrit_le = r.inscrit_le AND e.id = r.entree "
        "WHERE journal_feuille(e) IS DISTINCT FROM r.empreinte AND NOT (e.id IS NULL AND EXISTS ("
        "SELECT FROM journal_retrait t WHERE t.mois = date_trunc('month', r.inscrit_le AT TIME ZONE 'UTC')::date)) "
        "ORDER BY r.cellule, r.scellement, r.rang"
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
            "count(p.rang), coalesce(max(p.rang), 0), journal_racine(array_agg(p.empreinte ORDER BY p.rang)) "
            "FROM journal_scellement s LEFT JOIN journal_position p ON p.scellement = s.numero "
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
