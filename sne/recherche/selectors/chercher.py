"""What is found: words read first (forms, slips), then results, counts and extracts in one statement.

Every statement compares the keys of who looks with those of each entry before anything else is counted or quoted.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.habilitations.rules import PROFESSIONNELS
from sne.recherche.rules import PAR_PAGE, Requete
from sne.socle.replique import connection

# A known word takes its accents; an unknown one of four letters takes the nearest known form, one slip away (two from
# seven letters), titles first. A term that has synonyms is never corrected, nor anything with a figure.
MOTS = """
WITH m AS (
    SELECT ord, mot, recherche_plat(mot) AS cle
    FROM unnest(regexp_split_to_array(btrim(regexp_replace(recherche_lettres(%(q)s), '[^[:alnum:]]+', ' ', 'g')), ' '))
        WITH ORDINALITY u(mot, ord)
    WHERE mot <> ''
)
SELECT m.mot, CASE WHEN f.cle IS NULL THEN p.forme WHEN m.mot = m.cle THEN f.forme ELSE m.mot END,
    f.cle IS NULL AND p.forme IS NOT NULL
FROM m LEFT JOIN forme_connue f ON f.cle = m.cle AND f.publique = %(publique)s
LEFT JOIN LATERAL (
    SELECT k.forme FROM forme_connue k
    WHERE f.cle IS NULL AND k.publique = %(publique)s AND length(m.cle) >= 4 AND m.cle !~ '[0-9]'
        AND NOT EXISTS (SELECT 1 FROM synonyme s WHERE s.terme = recherche_requete(m.mot))
        AND k.cle %% m.cle
        AND levenshtein_less_equal(k.cle, m.cle, 2) <= CASE WHEN length(m.cle) >= 7 THEN 2 ELSE 1 END
    ORDER BY levenshtein_less_equal(k.cle, m.cle, 2) - k.titre::int * 0.5, similarity(k.cle, m.cle) DESC,
        k.nombre DESC, k.forme LIMIT 1
) p ON true
ORDER BY m.ord
"""
# ``lisible`` stands apart so that it is not computed whole; the rank reads ``court``, lighter to unpack than
# ``complet``; each facet leaves its own filter out, so that its counts say what another choice would give.
RESULTATS = """
WITH mot AS (SELECT recherche_requete(m) AS q FROM unnest(%(mots)s::text[]) m),
sens AS (
    SELECT coalesce((SELECT remplacement FROM synonyme s WHERE s.terme = mot.q), mot.q) AS q
    FROM mot WHERE numnode(mot.q) > 0
),
n AS MATERIALIZED (
    SELECT array_agg(q) AS qs, greatest(count(*), 1)::float AS nb,
        string_agg('(' || q::text || ')', ' | ')::tsquery AS ou,
        ts_rewrite(recherche_requete(%(lu)s), 'SELECT terme, remplacement FROM synonyme') AS tout
    FROM sens
),
lisible AS NOT MATERIALIZED (
    SELECT id, genre, themes, publics, verifie_le, perime, poids, court, complet FROM entree_index
    WHERE acces && %(cles)s::text[] AND visible_du <= %(le)s AND (visible_au IS NULL OR visible_au > %(le)s)
        AND NOT (%(a_jour)s AND perime)
),
t AS (
    SELECT l.*, true AS entier FROM n, lisible l WHERE l.complet @@ n.tout
    UNION ALL SELECT l.*, false FROM n, lisible l WHERE l.court @@ n.ou AND NOT l.complet @@ n.tout
),
p AS MATERIALIZED (
    SELECT t.id, t.genre, t.themes, t.publics, t.verifie_le, t.perime, t.poids, t.entier,
        ts_rank('{0,0.3,0.6,1.0}', t.court, n.ou, 1) AS rc,
        (SELECT count(*) FROM unnest(n.qs) x WHERE t.court @@ x) / n.nb AS part,
        (%(genres)s::text[] = '{}' OR t.genre = ANY (%(genres)s::text[])) AS g,
        (%(themes)s::text[] = '{}' OR t.themes && %(themes)s::text[]) AS h,
        (%(publics)s::text[] = '{}' OR t.publics && %(publics)s::text[]) AS u
    FROM t, n
),
v AS MATERIALIZED (SELECT * FROM p WHERE entier OR part >= 0.5),
page AS (
    SELECT id, row_number() OVER (ORDER BY perime, (entier::int + 2 * part * part + 2 * rc) * poids
        * (1 + 0.1 * greatest(0, 1 - (%(le)s::date - verifie_le) / 730.0)) DESC, id) AS rang
    FROM v WHERE g AND h AND u ORDER BY rang LIMIT %(combien)s OFFSET %(debut)s
)
SELECT (SELECT count(*) FROM v WHERE g AND h AND u),
    (SELECT count(*) FROM v WHERE g AND h AND u AND entier),
    (SELECT json_object_agg(k, x) FROM (SELECT genre k, count(*) x FROM v WHERE h AND u GROUP BY 1) a),
    (SELECT json_object_agg(k, x) FROM (SELECT k, count(*) x FROM v, unnest(themes) k WHERE g AND u GROUP BY 1) a),
    (SELECT json_object_agg(k, x) FROM (SELECT k, count(*) x FROM v, unnest(publics) k WHERE g AND h GROUP BY 1) a),
    (SELECT json_agg(json_build_object('genre', e.genre, 'url', e.url, 'titre', e.titre, 'reponse', e.reponse,
        'verifie_le', e.verifie_le, 'perime', e.perime, 'page', f.rang, 'extrait', ts_headline('pg_catalog.french',
        translate(left(e.reponse || ' ' || coalesce(f.texte, e.corps), 4000), '’', ''''),
        websearch_to_tsquery('pg_catalog.french', %(lu)s),
        'MaxFragments=1,MaxWords=24,MinWords=10,StartSel=' || %(avant)s || ',StopSel=' || %(apres)s))
        ORDER BY page.rang)
     FROM page JOIN entree_index e USING (id) LEFT JOIN LATERAL (
        SELECT x.rang, x.texte FROM texte_page x, n WHERE x.cible = e.cible AND x.racines @@ n.ou
        ORDER BY ts_rank(x.racines, n.ou) DESC, x.rang LIMIT 1
     ) f ON true)
"""
AVANT, APRES = "\ue000", "\ue001"  # signs that nobody types: what is quoted becomes HTML once it is escaped


@dataclass(frozen=True, slots=True)
class Mot:
    """A word as it was typed and as it is read. ``corrige``: the two are not the same word."""

    tape: str
    lu: str
    corrige: bool


@dataclass(frozen=True, slots=True)
class Resultat:
    """One thing found. ``extrait``: pieces, each with whether it is of the query; none when ``reponse`` says it all.
    ``page``: of a file, from 1.
    """

    genre: str
    url: str
    titre: str
    reponse: str
    extrait: tuple[tuple[str, bool], ...]
    verifie_le: str
    perime: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class Resultats:
    """A page of them. ``exacts``: those with all the words; each facet gives how many another choice would find."""

    mots: tuple[Mot, ...]
    total: int
    exacts: int
    genres: Mapping[str, int]
    themes: Mapping[str, int]
    publics: Mapping[str, int]
    page: tuple[Resultat, ...]

    @property
    def lu(self) -> str:
        """What was looked for in the end."""
        return " ".join(m.lu for m in self.mots)

    @property
    def corrigee(self) -> bool:
        return any(m.corrige for m in self.mots)


def chercher(
    requete: Requete, *, cles: Collection[str], le: datetime, telle_quelle: bool = False
) -> Resultats:
    """What these keys open. ``telle_quelle``: no word is corrected."""
    mots = lire_les_mots(requete.texte, cles=cles) if requete.texte else ()
    if telle_quelle:
        mots = tuple(Mot(m.tape, m.tape, False) for m in mots)
    if not mots:
        return Resultats((), 0, 0, {}, {}, {}, ())
    with connection.cursor() as curseur:
        curseur.execute(
            RESULTATS,
            {
                "mots": [m.lu for m in mots],
                "lu": " ".join(m.lu for m in mots),
                "cles": sorted(cles),
                "le": le,
                "genres": list(requete.genres),
                "themes": list(requete.themes),
                "publics": list(requete.publics),
                "debut": requete.debut,
                "a_jour": requete.a_jour,
                "combien": PAR_PAGE,
                "avant": AVANT,
                "apres": APRES,
            },
        )
        total, exacts, genres, themes, publics, page = curseur.fetchone()
    return Resultats(
        mots,
        total,
        exacts,
        genres or {},
        themes or {},
        publics or {},
        tuple(_resultat(r) for r in page or ()),
    )


def lire_les_mots(texte: str, *, cles: Collection[str]) -> tuple[Mot, ...]:
    """Each word, with its accents or without its slip; forms of the professionals' pages for professionals only."""
    with connection.cursor() as curseur:
        curseur.execute(MOTS, {"q": texte, "publique": PROFESSIONNELS not in cles})
        return tuple(Mot(tape, lu or tape, corrige) for tape, lu, corrige in curseur.fetchall())


def couper(extrait: str) -> tuple[tuple[str, bool], ...]:
    """An extract at its marks, with the apostrophes of print, which the database reads as letters."""
    pieces = re.split(f"({AVANT}[^{APRES}]*{APRES})", extrait.replace("'", "’"))
    return tuple((p.strip(AVANT + APRES), p.startswith(AVANT)) for p in pieces if p)


def _resultat(ligne: Mapping[str, object]) -> Resultat:
    valeurs = dict(ligne)
    extrait = couper(str(valeurs["extrait"]))
    deja = "".join(texte for texte, _ in extrait) in str(valeurs["reponse"]).replace("'", "’")
    valeurs["extrait"] = () if deja else extrait
    return Resultat(**valeurs)  # type: ignore[arg-type]
