"""A nation of adults written by a few statements: what the search of a FranceConnect identity reads, and nothing else.

Names, first names, births and territories are drawn as the demonstration draws them; the database mixes the draws. Two
tables are filled, ``personne`` and ``identite``, with all their indexes: applications, versions, entries and the guards
of these tables are left out, so such a database serves that search alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql

from sne.socle.bases import Acces

TIRAGES = 100_000  # distinct draws of each kind, mixed with each other
AUTRES_ADULTES = 0.3  # co-holders for one application
RECUL_JOURS = 1_500  # a birth is that of the draw or up to four years before, unless its day is unknown
GRAINE = 29
TIRER = {
    "noms": "(rang int PRIMARY KEY, nom text)",
    "nes": "(rang int PRIMARY KEY, civilite text, prenoms text, naissance date, presumee boolean, "
    "commune text, pays text)",
    "lieux": "(rang int PRIMARY KEY, territoire text)",
}
INDEX = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid IN ('personne'::regclass, 'identite'::regclass) AND c.oid IS NULL
"""
ADULTES = """
CREATE TEMP TABLE adultes AS
SELECT n, CASE WHEN n > {taille} THEN n - {taille} ELSE n END AS dossier, n > {taille} AS second
FROM generate_series(1, {adultes}) AS n
"""
CLE = "('{espece}-0000-7000-8000-' || lpad(to_hex({rang}), 12, '0'))::uuid"
PLACE = "(hashint8extended({rang}, {graine}) & 9223372036854775807) % {tirages}"
IDENTITES = """
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, voie, retrait,
    auteur, guichet, survenu_le, inscrit_le)
SELECT {identite}, l.territoire, {demande}, {personne}, 1, q.civilite, m.nom, '', q.prenoms,
    CASE WHEN q.presumee THEN q.naissance ELSE q.naissance - ({recul})::int END, q.presumee, q.commune, q.pays, '1', '',
    'DEPOT', false, {demande}, '', now(), now()
FROM adultes a
JOIN noms m ON m.rang = {nom}
JOIN nes q ON q.rang = {ne}
JOIN lieux l ON l.rang = {lieu}
"""
PERSONNES = """
INSERT INTO personne (id, territoire, demande_id, role, rang, courriel, telephone, identite_courante_id)
SELECT {personne}, l.territoire, {demande}, CASE WHEN a.second THEN 'COTITULAIRE' ELSE 'DEMANDEUR' END,
    a.second::int, '', '', {identite}
FROM adultes a JOIN lieux l ON l.rang = {lieu}
"""


def remplir(acces: Acces, taille: int, tirages: Mapping[str, Sequence[Sequence[Any]]]) -> int:
    """Write the adults of ``taille`` applications, then their indexes; how many adults. The tables are empty before."""
    adultes = int(taille * (1 + AUTRES_ADULTES))
    cles = {
        nom: sql.SQL(CLE.format(espece=espece, rang=rang))
        for nom, espece, rang in (
            ("demande", "00000001", "a.dossier"),
            ("personne", "00000002", "a.n"),
            ("identite", "00000003", "a.n"),
        )
    }
    places = {
        nom: sql.SQL(PLACE.format(rang=rang, graine=graine, tirages=tirages_))
        for nom, rang, graine, tirages_ in (
            ("nom", "a.n", 1, TIRAGES),
            ("ne", "a.n", 2, TIRAGES),
            ("lieu", "a.dossier", 3, TIRAGES),
            ("recul", "a.n", 4, RECUL_JOURS),
        )
    }
    with psycopg.connect(acces.admin, autocommit=True) as connexion:
        connexion.execute("SET session_replication_role = replica")  # no guard, no foreign key
        connexion.execute("SET synchronous_commit = off")
        connexion.execute("SET maintenance_work_mem = '512MB'")
        connexion.execute("SET work_mem = '256MB'")
        for nom, colonnes in TIRER.items():
            connexion.execute(sql.SQL("CREATE TEMP TABLE {} " + colonnes).format(sql.Identifier(nom)))
            with connexion.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(nom))) as copie:
                for ligne in tirages[nom]:
                    copie.write_row(ligne)
        connexion.execute("ANALYZE noms, nes, lieux")
        index = connexion.execute(INDEX).fetchall()
        for nom, _ in index:
            connexion.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(nom)))
        connexion.execute(sql.SQL(ADULTES).format(taille=sql.Literal(taille), adultes=sql.Literal(adultes)))
        for ordre in (IDENTITES, PERSONNES):
            connexion.execute(sql.SQL(ordre).format(**cles, **places))
        for _, definition in index:
            connexion.execute(definition)
        connexion.execute("VACUUM ANALYZE identite, personne")
    return adultes
