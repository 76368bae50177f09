"""What was sealed in the journal since an instant: demandes struck off, new DALO statuses, in the order of the seals.

« Since » is the instant of the seal, not the business date nor that of the row: an act whose transaction ends late is
sealed late, and a reader who comes back with the last instant that they were given misses nothing. A reader who pages
gives the place of the last line instead, which is exact inside one seal too.
"""

# ruff: noqa: S608 - statements are made of the constants of this file, values are parameters

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sne.cellules.routage import plusieurs
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.faits.rules.dalo import NatureDalo
from sne.socle.replique import connection

MARGE = "2 hours"
"""Longer than twice any transaction: a row of a seal is not older than those of the seal before by more."""

# A new status: neither a correction of one, nor one that was taken back or corrected since.
SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "RADIEES": """
JOIN radiation l ON e.verbe = 'RADIER' AND l.id = (e.faits ->> 'radiation')::uuid
    AND (%(motif)s = '' OR l.motif = %(motif)s)""",
        "DALO": f"""
JOIN fait_dalo l ON e.verbe = 'CONSIGNER_DALO' AND l.id = (e.faits ->> 'fait')::uuid
    AND l.nature = '{NatureDalo.STATUT.value}' AND NOT l.retrait AND l.remplace_id IS NULL
    AND (%(motif)s = '' OR l.statut = %(motif)s)""",
    }
)
DEPUIS = f"""
WITH premier AS (
    SELECT min(numero) AS numero FROM journal_scellement WHERE scelle_le >= %(depuis)s
), borne AS (
    SELECT min(p.inscrit_le) - interval '{MARGE}' AS inscrit_le
    FROM journal_position p JOIN premier ON p.scellement = premier.numero
)
SELECT d.id, d.nud, p.scellement, p.rang, s.scelle_le
FROM borne b JOIN journal_entree e ON e.inscrit_le >= b.inscrit_le{{source}}
JOIN demande d ON d.id = l.demande_id AND d.statut <> '{Statut.PURGEE.value}'
JOIN journal_position p ON p.entree = e.id
JOIN journal_scellement s ON s.numero = p.scellement
WHERE s.numero >= (SELECT numero FROM premier) AND (p.scellement, p.rang) > (%(scellement)s, %(rang)s)
    AND (%(partout)s OR l.territoire = ANY(%(territoires)s)){{filtres}}{{recues}}
ORDER BY 3, 4 LIMIT %(limite)s
"""
# What another cell sealed, of a territory that came from it: before all seals of this one, in the order of those that
# it had there.
RECUES = f"""
UNION ALL SELECT * FROM (
    SELECT d.id, d.nud, 0::bigint, (row_number() OVER (ORDER BY r.scelle_le, r.cellule, r.scellement, r.rang))::int
        AS rang, r.scelle_le
    FROM journal_reprise r JOIN journal_entree e ON e.inscrit_le = r.inscrit_le AND e.id = r.entree{{source}}
    JOIN demande d ON d.id = l.demande_id AND d.statut <> '{Statut.PURGEE.value}'
    WHERE r.scelle_le >= %(depuis)s
        AND (%(partout)s OR l.territoire = ANY(%(territoires)s)){{filtres}}
) recues WHERE %(scellement)s = 0 AND rang > %(rang)s
"""
STATUT_DALO = """
    AND EXISTS (SELECT FROM fait_dalo f WHERE f.territoire = d.territoire AND f.demande_id = d.id
        AND f.nature = 'STATUT' AND f.statut = %(statut_dalo)s AND NOT f.retrait
        AND NOT EXISTS (SELECT FROM fait_dalo g WHERE g.remplace_id = f.id))"""
RESERVATAIRE = """
    AND EXISTS (SELECT FROM attribution a WHERE a.territoire = d.territoire AND a.demande_id = d.id
        AND a.reservataire = %(reservataire)s AND NOT a.retrait
        AND NOT EXISTS (SELECT FROM attribution g WHERE g.remplace_id = a.id))"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands in the journal: a seal, a rank in it; seal 0 is of what another cell sealed."""

    scellement: int = 0
    rang: int = 0


AU_DEBUT = Place()


@dataclass(frozen=True, slots=True)
class Ligne:
    """One act on one demande, and when it was sealed."""

    demande_id: uuid.UUID
    nud: str
    place: Place
    scelle_le: datetime


@dataclass(frozen=True, slots=True)
class Depuis:
    """A page. ``suite``: the place to give for the next one, ``None`` at the end."""

    lignes: tuple[Ligne, ...]
    suite: Place | None


def list_radiees(
    depuis: datetime,
    *,
    territoires: frozenset[str] | None,
    au_plus: int,
    apres: Place = AU_DEBUT,
    motif: MotifRadiation | None = None,
    statut_dalo: str = "",
    reservataire: str = "",
) -> Depuis:
    """Demandes struck off, once for each striking-off, whatever became of them since but an erasure.

    ``territoires``: ``None`` for all of them; ``statut_dalo``: of a status in force (the caller has the right to it).
    """
    filtres = (STATUT_DALO if statut_dalo else "") + (RESERVATAIRE if reservataire else "")
    valeurs = {
        "motif": motif.value if motif else "",
        "statut_dalo": statut_dalo,
        "reservataire": reservataire,
    }
    lieux = {"partout": territoires is None, "territoires": sorted(territoires or ())}
    return _page("RADIEES", {**valeurs, **lieux, "depuis": depuis}, apres, au_plus, filtres=filtres)


def list_nouveaux_dalo(
    depuis: datetime,
    *,
    territoires: frozenset[str] | None,
    au_plus: int,
    apres: Place = AU_DEBUT,
    statut: str = "",
) -> Depuis:
    """Demandes that a DALO status was recorded on; a correction of one is none."""
    lieux = {"partout": territoires is None, "territoires": sorted(territoires or ())}
    return _page("DALO", {"motif": statut, **lieux, "depuis": depuis}, apres, au_plus)


def _page(
    source: str, valeurs: Mapping[str, Any], apres: Place, au_plus: int, *, filtres: str = ""
) -> Depuis:
    parametres = {**valeurs, "scellement": apres.scellement, "rang": apres.rang, "limite": au_plus + 1}
    with connection.cursor() as curseur:
        recues = RECUES.format(source=SOURCES[source], filtres=filtres) if plusieurs() else ""
        curseur.execute(DEPUIS.format(source=SOURCES[source], filtres=filtres, recues=recues), parametres)
        lues: Sequence[tuple[Any, ...]] = curseur.fetchall()
    lignes = tuple(
        Ligne(cle, nud, Place(scellement, rang), scelle_le) for cle, nud, scellement, rang, scelle_le in lues
    )
    suite = lignes[au_plus - 1].place if len(lignes) > au_plus else None
    return Depuis(lignes[:au_plus], suite)
