"""Figures of the desk, by territory and category: none is about a person, and small ones are hidden."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sne.socle.replique import connection

SEUIL = 10
"""Under this many tickets, delays and answers are not shown."""
CHIFFRES = """
WITH t AS (
    SELECT territoire, categorie, count(*) AS ouverts, count(*) FILTER (WHERE resolu_le IS NOT NULL) AS resolus,
        count(*) FILTER (WHERE rouvert > 0) AS rouverts,
        count(*) FILTER (WHERE satisfaction = 'OUI') AS contents, count(*) FILTER (WHERE satisfaction <> '') AS avis,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.atteinte_le - t.survenu_le) / 3600.0)
            AS reponse,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.resolu_le - t.survenu_le) / 3600.0) AS fin,
        count(*) FILTER (WHERE h.tenue) AS tenus, count(*) FILTER (WHERE h.tenue IS NOT NULL) AS juges
    FROM ticket t
    LEFT JOIN LATERAL (
        SELECT min(atteinte_le) AS atteinte_le FROM horloge_ticket x
        WHERE x.ticket_id = t.id AND x.genre = 'PREMIERE_REPONSE' AND x.atteinte_le IS NOT NULL
    ) p ON true
    LEFT JOIN LATERAL (
        SELECT bool_and(x.atteinte_le <= x.echeance) AS tenue FROM horloge_ticket x
        WHERE x.ticket_id = t.id AND x.atteinte_le IS NOT NULL
    ) h ON true
    WHERE t.survenu_le >= %(du)s AND t.survenu_le < %(au)s GROUP BY 1, 2
), e AS (
    SELECT territoire, categorie, sum(nombre)::int AS evites FROM ticket_evite
    WHERE jour >= %(du)s AND jour < %(au)s GROUP BY 1, 2
)
SELECT territoire, categorie, coalesce(ouverts, 0), coalesce(resolus, 0), coalesce(rouverts, 0), coalesce(evites, 0),
    reponse, fin, coalesce(tenus, 0), coalesce(juges, 0), coalesce(contents, 0), coalesce(avis, 0)
FROM t FULL JOIN e USING (territoire, categorie) ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class LigneDeChiffres:
    """One place and one category over a period. Delays are medians, in hours by the calendar; ``None``: too few."""

    territoire: str
    categorie: str
    ouverts: int
    resolus: int
    rouverts: int
    evites: int
    reponse: float | None
    fin: float | None
    tenus: int | None
    contents: int | None


def list_chiffres(*, du: date, au: date) -> tuple[LigneDeChiffres, ...]:
    """Tickets opened from a day to another (included), by territory (empty: national) and category."""
    with connection.cursor() as curseur:
        curseur.execute(CHIFFRES, {"du": du, "au": au + timedelta(days=1)})
        return tuple(_lignes(curseur.fetchall()))


def _lignes(lues: Iterable[tuple[Any, ...]]) -> Iterator[LigneDeChiffres]:
    for (
        territoire,
        categorie,
        ouverts,
        resolus,
        rouverts,
        evites,
        reponse,
        fin,
        tenus,
        juges,
        contents,
        avis,
    ) in lues:
        assez = ouverts >= SEUIL
        yield LigneDeChiffres(
            territoire,
            categorie,
            ouverts,
            resolus,
            rouverts,
            evites,
            round(reponse, 1) if assez and reponse is not None else None,
            round(fin, 1) if assez and fin is not None else None,
            round(100 * tenus / juges) if assez and juges >= SEUIL else None,
            round(100 * contents / avis) if assez and avis >= SEUIL else None,
        )
