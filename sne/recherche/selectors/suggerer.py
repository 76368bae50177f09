"""What is proposed while somebody types: titles with their short answer, so that the answer is in the list."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sne.socle.replique import connection

COMBIEN = 6
SIGNES_MIN = 2
SUGGESTIONS = """
WITH w AS (SELECT recherche_plat(recherche_lettres(%(q)s)) AS q, to_tsquery('pg_catalog.simple', %(prefixes)s) AS p),
lisible AS NOT MATERIALIZED (
    SELECT genre, url, titre, reponse, prefixes, CASE WHEN genre IN ('FICHE', 'FAQ') THEN poids ELSE 0 END AS plus
    FROM entree_index WHERE acces && %(cles)s::text[] AND NOT perime AND visible_du <= %(le)s
        AND (visible_au IS NULL OR visible_au > %(le)s)
)
SELECT genre, url, titre, reponse FROM (
    SELECT l.*, 2 + ts_rank(l.prefixes, w.p) + l.plus AS note FROM lisible l, w WHERE l.prefixes @@ w.p
    UNION ALL SELECT l.*, word_similarity(w.q, l.titre) + 0.3 * (l.plus > 0)::int FROM lisible l, w
    WHERE length(w.q) >= 4 AND w.q <%% l.titre AND NOT l.prefixes @@ w.p
) x ORDER BY note DESC, titre LIMIT %(combien)s
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One option: choosing it opens it."""

    genre: str
    url: str
    titre: str
    reponse: str


def suggerer(texte: str, *, cles: Collection[str], le: datetime) -> tuple[Suggestion, ...]:
    """Six at most; nothing under two signs."""
    mots = re.findall(r"[^\W_]+", texte.lower())[:12]
    if len("".join(mots)) < SIGNES_MIN:
        return ()
    with connection.cursor() as curseur:
        curseur.execute("SELECT recherche_plat(recherche_lettres(%s))", [" ".join(mots)])
        (plat,) = curseur.fetchone()
        prefixes = " & ".join(f"'{mot}':*" for mot in re.findall(r"[a-z0-9]+", plat))
        if not prefixes:
            return ()
        curseur.execute(
            SUGGESTIONS,
            {"q": " ".join(mots), "prefixes": prefixes, "cles": sorted(cles), "le": le, "combien": COMBIEN},
        )
        return tuple(Suggestion(*ligne) for ligne in curseur.fetchall())
