"""A register of any size in minutes: what the application wrote of the first households, copied to other people.

Statements of the database write a turn of doubles at once, each household of the model with other persons, numbers,
places and identifiers, past the guards and with the indexes taken off: only the superuser of a throwaway server may.
Entries of the journal are hashed by the function that hashes those of acts, then sealed by the sealer.
"""

# ruff: noqa: S608 - the statements are put together from constants of this file

import os
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any

import psycopg

from sne.bench.copies import DANS_UN_TEXTE, IDENTIFIANTS, colonnes, copier
from sne.bench.pivot import PLACE, TIRER
from sne.demo.generation.numeros import nir_fictif
from sne.referentiels.rules import GUICHET_PORTAIL
from sne.socle.bases import Acces
from sne.socle.chiffrement import chiffrer, empreinte_nir

AU_GUICHET = 50  # one double in so many is at the counter of its territory, the others at the portal's
VIEILLISSEMENT_JOURS = 1_500  # as the doubles of the demonstration
ENTREES_PAR_SCEAU = 100_000
DU_DOSSIER = "JOIN x ON x.modele = t.demande_id"
TABLES: Mapping[str, str] = {
    "demande": "JOIN x ON x.modele = t.id",
    "personne": DU_DOSSIER,
    "identite": f"{DU_DOSSIER} JOIN a ON a.personne = t.personne_id",
    "version": f"{DU_DOSSIER} JOIN k ON k.texte = t.texte",
    "titre_anciennete": DU_DOSSIER,
    "secret_nir": "JOIN a ON a.personne = t.personne_id AND a.ancienne = t.nir_empreinte "
    "JOIN x ON x.modele = a.demande",
    "place_ouverte": f"{DU_DOSSIER} JOIN a ON a.demande = x.modele AND a.ancienne = t.nir_empreinte",
    "radiation": DU_DOSSIER,
    "evenement": DU_DOSSIER,
    "attente": DU_DOSSIER,
    "journal_entree": "JOIN x ON x.modele = t.demande",
    "journal_valeur": "JOIN x ON x.modele = t.dossier",
}
"""Table → whose each of its rows is: ``x`` is the demande of the turn, ``a`` the adult."""
DE_LA_FICHE = frozenset(
    {
        "version",
        "titre_anciennete",
        "secret_nir",
        "radiation",
        "evenement",
        "journal_entree",
        "journal_valeur",
    }
)
"""What only the page of a file reads: three quarters of the bytes of a demande."""
MODELES: Mapping[str, str] = {
    "version": "SELECT v.*, dense_rank() OVER (ORDER BY v.demande_id, v.contenu) AS texte FROM version v",
    "journal_entree": "SELECT * FROM journal_entree WHERE demande IS NOT NULL",
    "journal_valeur": "SELECT v.*, e.demande AS dossier FROM journal_valeur v JOIN journal_entree e ON e.id = v.entree "
    "WHERE e.demande IS NOT NULL",
}
TIRAGES: Mapping[str, str] = {**TIRER, "terrains": "(territoire text PRIMARY KEY, communes text[])"}
PREPARER = """
CREATE TABLE doublage.prenoms AS
    SELECT civilite, row_number() OVER (PARTITION BY civilite ORDER BY rang) - 1 AS rang, prenoms FROM doublage.nes;
CREATE UNIQUE INDEX ON doublage.prenoms (civilite, rang);
CREATE TABLE doublage.civilites AS SELECT civilite, count(*) AS combien FROM doublage.prenoms GROUP BY civilite;
ALTER TABLE doublage.terrains ADD COLUMN guichet text;
UPDATE doublage.terrains t SET guichet = coalesce((SELECT min(g.code) FROM guichet g
    WHERE g.territoire = t.territoire AND g.code <> '{portail}'), '{portail}');
CREATE TABLE doublage.modeles AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS rang, id AS demande, date_depot,
        cardinality(communes_souhaitees) AS voeux
    FROM demande;
CREATE TABLE doublage.adultes AS
    SELECT p.id AS personne, p.demande_id AS demande, p.rang, i.civilite, i.date_naissance AS naissance,
        i.date_naissance_presumee AS presumee, i.nom_usage <> '' AS porte_un_usage, i.nir_empreinte AS empreinte
    FROM personne p JOIN identite i ON i.id = p.identite_courante_id;
CREATE UNLOGGED TABLE doublage.places AS
    SELECT x.tour, m.demande AS modele, x.rang, l.territoire, m.voeux,
        1 + (row_number() OVER (PARTITION BY l.territoire ORDER BY m.date_depot) - 1) % 999999 AS sequence
    FROM doublage.modeles m
    CROSS JOIN LATERAL (SELECT n AS tour, m.rang + n * {souche} AS rang
        FROM generate_series({apres} + 1, {apres} + {tours}) n) x
    JOIN doublage.lieux l ON l.rang = {lieu}
    WHERE x.rang < {taille} + {apres} * {souche};
CREATE INDEX ON doublage.places (tour);
CREATE FUNCTION doublage.adulte(a jsonb, h text, telephone text, courriel text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    c jsonb := a -> 'contact';
    cle text;
BEGIN
    IF c IS NOT NULL THEN
        FOREACH cle IN ARRAY ARRAY['telephone_portable', 'telephone_domicile', 'telephone_travail'] LOOP
            IF c ? cle THEN
                c := c || jsonb_build_object(cle,
                    jsonb_build_object('saisi', telephone, 'e164', '+33' || substr(telephone, 2)));
            END IF;
        END LOOP;
        IF c ? 'courriel' THEN
            c := c || jsonb_build_object('courriel', courriel);
        END IF;
        a := a || jsonb_build_object('contact', c);
    END IF;
    RETURN a || jsonb_build_object('personne', overlay(a ->> 'personne' PLACING h FROM 1 FOR 8));
END $$;
CREATE FUNCTION doublage.contenu(c jsonb, h text, telephone text, courriel text, localisations jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE
AS $$
BEGIN
    c := c || '{{}}';  -- unpacked once
    IF c ? 'demandeur' THEN
        c := c || jsonb_build_object('demandeur', doublage.adulte(c -> 'demandeur', h, telephone, courriel));
    END IF;
    IF c ? 'cotitulaires' THEN
        c := c || jsonb_build_object('cotitulaires', (
            SELECT jsonb_agg(doublage.adulte(adulte, h, telephone, courriel) ORDER BY rang)
            FROM jsonb_array_elements(c -> 'cotitulaires') WITH ORDINALITY AS e (adulte, rang)));
    END IF;
    IF c -> 'souhaits' ? 'localisations' THEN
        c := c || jsonb_build_object('souhaits',
            c -> 'souhaits' || jsonb_build_object('localisations', localisations));
    END IF;
    RETURN c;
END $$
"""
DEMANDES = """
CREATE TEMP TABLE x ON COMMIT DROP AS
SELECT p.modele, p.tour, p.rang, p.territoire, lpad(to_hex(p.tour), 8, '0') AS h,
    CASE WHEN p.rang % {au_guichet} = 0 THEN te.guichet ELSE '{portail}' END AS guichet,
    lpad(p.sequence::text, 6, '0') AS sequence, '0700' || lpad((p.rang % 1000000)::text, 6, '0') AS telephone,
    'menage.' || p.rang || '@exemple.fr' AS courriel, v.communes,
    (SELECT jsonb_agg(jsonb_build_object('commune', c)) FROM unnest(v.communes) c) AS localisations
FROM doublage.places p
JOIN doublage.terrains te ON te.territoire = p.territoire
CROSS JOIN LATERAL (SELECT cardinality(te.communes) AS n, (p.rang % cardinality(te.communes))::int AS debut) u
CROSS JOIN LATERAL (SELECT (te.communes || te.communes)[1 + u.debut : u.debut + least(p.voeux, u.n)] AS communes) v
WHERE p.tour = {tour}
"""
A_NUMEROTER = """
SELECT a.personne, a.rang, a.civilite, a.naissance, a.presumee, x.rang
FROM doublage.adultes a JOIN x ON x.modele = a.demande WHERE a.empreinte IS NOT NULL
"""
NUMEROS = "CREATE TEMP TABLE numeros (personne uuid, empreinte bytea, chiffre bytea) ON COMMIT DROP"
# What a demande says is the same from a renewal to the next: made, and compressed, once.
CONTENUS = """
CREATE TEMP TABLE k ON COMMIT DROP AS
SELECT v.texte, doublage.contenu(v.contenu, x.h, x.telephone, x.courriel, x.localisations) AS contenu
FROM (SELECT DISTINCT ON (texte) texte, demande_id, contenu FROM doublage.version ORDER BY texte) v
JOIN x ON x.modele = v.demande_id
"""
ADULTES = """
CREATE TEMP TABLE a ON COMMIT DROP AS
SELECT ad.personne, ad.demande, ad.empreinte AS ancienne, nu.empreinte, nu.chiffre, n.nom,
    CASE WHEN ad.porte_un_usage THEN u.nom ELSE '' END AS usage, pr.prenoms,
    CASE WHEN ad.presumee THEN ad.naissance ELSE ad.naissance - ((x.rang * 7919 + ad.rang) % {vieillissement})::int END
        AS naissance
FROM doublage.adultes ad
JOIN x ON x.modele = ad.demande
JOIN doublage.civilites c ON c.civilite = ad.civilite
JOIN doublage.noms n ON n.rang = {nom}
JOIN doublage.noms u ON u.rang = {usage}
JOIN doublage.prenoms pr ON pr.civilite = ad.civilite AND pr.rang = {prenoms}
LEFT JOIN numeros nu ON nu.personne = ad.personne
"""
INITIALE = "CASE WHEN t.revision = 1 THEN a.{0} ELSE t.{1} END"  # a later identity is what somebody asked for
AUTREMENT: Mapping[tuple[str, str], str] = {
    ("demande", "nud"): "x.territoire || substr(t.nud, 4, 4) || x.sequence || x.guichet",
    ("demande", "communes_souhaitees"): "x.communes",
    ("personne", "telephone"): "CASE t.telephone WHEN '' THEN '' ELSE '+33' || substr(x.telephone, 2) END",
    ("personne", "courriel"): "CASE t.courriel WHEN '' THEN '' ELSE x.courriel END",
    ("identite", "nom_naissance"): INITIALE.format("nom", "nom_naissance"),
    ("identite", "nom_usage"): INITIALE.format("usage", "nom_usage"),
    ("identite", "prenoms"): INITIALE.format("prenoms", "prenoms"),
    ("identite", "date_naissance"): INITIALE.format("naissance", "date_naissance"),
    ("identite", "nir_empreinte"): INITIALE.format("empreinte", "nir_empreinte"),
    ("version", "contenu"): "k.contenu",
    ("secret_nir", "nir_empreinte"): "a.empreinte",
    ("secret_nir", "chiffre"): "a.chiffre",
    ("place_ouverte", "nir_empreinte"): "a.empreinte",
    ("evenement", "numero"): "t.numero + 1000000 * x.tour",
    ("journal_entree", "faits"): f"({DANS_UN_TEXTE.format(nom='faits')})::jsonb "
    "|| jsonb_build_object('double_de', t.demande)",
    (
        "journal_entree",
        "ere",
    ): "(SELECT journal_ere())",  # models that came from another cell were sealed there
    ("journal_entree", "xid"): "pg_current_xact_id()",
}
TELS_QUELS = frozenset({"auteur", "correlation"})  # who did it; of which request
GUICHET = "CASE t.{nom} WHEN '' THEN '' ELSE x.guichet END"
OPTIONS = (
    "-c session_replication_role=replica -c synchronous_commit=off -c work_mem=256MB -c temp_buffers=64MB"
)
"""Of a connection that copies: no guard, no foreign key."""
INDEX = """
SELECT i.indexrelid::regclass::text, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
FROM pg_index i JOIN pg_class k ON k.oid = i.indexrelid LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL AND NOT k.relispartition
ORDER BY pg_relation_size(i.indrelid) DESC
"""
NUMEROTATION = """
SELECT setval(('public.' || nud_sequence(territoire))::regclass, max(sequence)) FROM doublage.places GROUP BY territoire
"""
PENDANT = {
    "max_wal_size": "2GB",
    "checkpoint_timeout": "30min",
    "full_page_writes": "off",
    "autovacuum": "off",
}
"""Settings of the server while it is being filled: nothing there is to be kept through a crash."""


def doubler(
    acces: Acces,
    *,
    taille: int,
    tirages: Mapping[str, Sequence[Sequence[Any]]],
    variables: Mapping[str, str],
    dire: Callable[[str], None],
    apres: int = 0,
    entieres: int | None = None,
) -> int:
    """Bring the register that the application wrote to ``taille`` demandes; how many were added.

    ``tirages``: what names, births and places are mixed from; ``variables``: the environment that gives the keys;
    ``apres``: turns that another register has already, of other people then; ``entieres``: how many of the newest
    hold what the page of a file reads, all of them unless it is said.
    """
    with psycopg.connect(acces.admin, autocommit=True) as connexion, _pendant(connexion):
        souche = _preparer(connexion, taille, tirages, apres=apres)
        tours = range(apres + 1, apres - (-taille // souche))
        index = connexion.execute(INDEX, [list(TABLES)]).fetchall()
        for nom, _ in index:
            connexion.execute(f"DROP INDEX {nom}")
        copiees = tables_des_tours(tours, entiers=None if entieres is None else -(-entieres // souche))
        _jouer_les_tours(acces.admin, copiees, variables, dire=lambda n: dire(f"    {n * souche} doublées"))
        dire("    index…")
        _ensemble(acces.admin, [definition for _, definition in index])
        connexion.execute(NUMEROTATION)
        connexion.execute("DROP SCHEMA doublage CASCADE")
        dire("    scellement…")
        while connexion.execute("SELECT journal_sceller(%s)", [ENTREES_PAR_SCEAU]).fetchone() != (0,):
            pass
        _ensemble(acces.admin, [f"VACUUM ANALYZE {table}" for table in _tables(connexion)])
        connexion.execute("ANALYZE journal_entree")
    return max(0, taille - souche)


def tables_des_tours(tours: Sequence[int], *, entiers: int | None) -> Mapping[int, Sequence[str]]:
    """Turn → the tables it copies: all, but for those before the last ``entiers`` ones, whose files nobody opens."""
    complets = tours if entiers is None else tours[-entiers:]
    return {tour: [t for t in TABLES if tour in complets or t not in DE_LA_FICHE] for tour in tours}


@contextmanager
def _pendant(connexion: psycopg.Connection) -> Iterator[None]:
    for nom, valeur in PENDANT.items():
        connexion.execute(f"ALTER SYSTEM SET {nom} = '{valeur}'")
    connexion.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        for nom in PENDANT:
            connexion.execute(f"ALTER SYSTEM RESET {nom}")
        connexion.execute("SELECT pg_reload_conf()")
        connexion.execute("CHECKPOINT")


def _preparer(
    connexion: psycopg.Connection,
    taille: int,
    tirages: Mapping[str, Sequence[Sequence[Any]]],
    *,
    apres: int,
) -> int:
    """The models and the draws, beside the register; how many models there are."""
    connexion.execute("DROP SCHEMA IF EXISTS doublage CASCADE")
    connexion.execute("CREATE SCHEMA doublage")
    for nom, forme in TIRAGES.items():
        connexion.execute(f"CREATE TABLE doublage.{nom} {forme}")
        with connexion.cursor().copy(f"COPY doublage.{nom} FROM STDIN") as copie:
            for ligne in tirages[nom]:
                copie.write_row(ligne)
    for table in TABLES:
        lue = MODELES.get(table, f"SELECT * FROM {table}")
        connexion.execute(f"CREATE UNLOGGED TABLE doublage.{table} AS {lue}")
    (souche,) = connexion.execute("SELECT count(*) FROM demande").fetchone() or (0,)
    lieu = _place("x.rang", 3, "(SELECT count(*) FROM doublage.lieux)")
    tours = -(-taille // souche) - 1
    combien = {"souche": souche, "tours": tours, "taille": taille, "apres": apres}
    connexion.execute(PREPARER.format(**combien, lieu=lieu, portail=GUICHET_PORTAIL))
    connexion.execute("ANALYZE")
    return int(souche)


def _place(rang: str, graine: int, combien: str) -> str:
    return PLACE.format(rang=f"({rang})", graine=graine, tirages=combien)


def _jouer_les_tours(
    url: str, tours: Mapping[int, Sequence[str]], variables: Mapping[str, str], *, dire: Callable[[int], None]
) -> None:
    """A process by core, each a turn at a time. ``tours``: the tables that each one copies."""
    ouvrir = (url, dict(variables))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _ouvrir, ouvrir) as atelier:
        en_cours: list[Future[None]] = [
            atelier.submit(_jouer, tour, tables) for tour, tables in tours.items()
        ]
        for faits, fini in enumerate(as_completed(en_cours), 1):
            fini.result()
            if faits % 10 == 0:
                dire(faits)


_connexions: list[psycopg.Connection] = []  # in a process that copies


def _ouvrir(url: str, variables: Mapping[str, str]) -> None:
    os.environ.update(variables)
    _connexions.append(psycopg.connect(url, options=OPTIONS))


def _jouer(tour: int, tables: Sequence[str]) -> None:
    jouer_un_tour(_connexions[0], tour, tables)


def jouer_un_tour(connexion: psycopg.Connection, tour: int, tables: Sequence[str]) -> None:
    """One double of each model, in one transaction: a seal never splits one."""
    with connexion.transaction():
        connexion.execute(DEMANDES.format(tour=tour, au_guichet=AU_GUICHET, portail=GUICHET_PORTAIL))
        _numeroter(connexion, tour)
        connexion.execute(
            ADULTES.format(
                vieillissement=VIEILLISSEMENT_JOURS,
                nom=_place("2 * x.rang + ad.rang", 1, "(SELECT count(*) FROM doublage.noms)"),
                usage=_place("2 * x.rang + 1 - ad.rang", 1, "(SELECT count(*) FROM doublage.noms)"),
                prenoms=_place("2 * x.rang + ad.rang", 2, "c.combien"),
            )
        )
        if "version" in tables:
            connexion.execute(CONTENUS)
            connexion.execute("ANALYZE k")
        connexion.execute("ANALYZE x, a")
        for table in tables:
            _copier(connexion, table)


def _numeroter(connexion: psycopg.Connection, tour: int) -> None:
    """A number of nobody for each adult of the turn whose model has one, encrypted for that person."""
    connexion.execute(NUMEROS)
    lues = connexion.execute(A_NUMEROTER).fetchall()
    with connexion.cursor().copy("COPY numeros FROM STDIN") as copie:
        for personne, place, civilite, naissance, presumee, rang in lues:
            nir = _nir(civilite, naissance, presumee=presumee, place=place, rang=rang)
            lie_a = uuid.UUID(bytes=tour.to_bytes(4) + personne.bytes[4:]).bytes
            copie.write_row((personne, empreinte_nir(nir), chiffrer(nir.encode("ascii"), lie_a=lie_a)))


def _nir(civilite: str, naissance: date, *, presumee: bool, place: int, rang: int) -> str:
    recul = timedelta(days=0 if presumee else (rang * 7919 + place) % VIEILLISSEMENT_JOURS)
    return nir_fictif(civilite, naissance - recul, rang=rang, cotitulaire=place > 0, presumee=presumee)


def _copier(connexion: psycopg.Connection, table: str) -> None:
    valeurs = {nom: _valeur(table, nom, genre) for nom, genre in colonnes(connexion, table).items()}
    depuis = f"doublage.{table} t {TABLES[table]}"
    if table == "journal_entree":  # the hash is that of the whole row
        valeurs["empreinte"] = "NULL::bytea"
        lues = ", ".join(f"{valeur} AS {nom}" for nom, valeur in valeurs.items())
        depuis = f"(SELECT {lues} FROM {depuis} OFFSET 0) c"  # computed once, not again for the hash
        valeurs = {nom: f"c.{nom}" for nom in valeurs}
        valeurs["empreinte"] = f"journal_feuille(ROW({', '.join(valeurs.values())})::journal_entree)"
    copier(connexion, table, valeurs, depuis)


def _valeur(table: str, nom: str, genre: str) -> str:
    """What a column of a model becomes in its double."""
    if (table, nom) in AUTREMENT:
        return AUTREMENT[table, nom]
    if nom == "territoire":
        return "x.territoire"
    if nom.startswith("guichet"):
        return GUICHET.format(nom=nom)
    if nom in TELS_QUELS:
        return f"t.{nom}"
    return IDENTIFIANTS.get(genre, "t.{nom}").format(nom=nom)


def _tables(connexion: psycopg.Connection) -> list[str]:
    """Every table that holds rows, the largest first."""
    return [
        nom
        for (nom,) in connexion.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "ORDER BY pg_relation_size(oid) DESC"
        ).fetchall()
    ]


def _ensemble(url: str, ordres: Sequence[str]) -> None:
    """These statements, as many at once as there are cores."""

    def executer(ordre: str) -> None:
        with psycopg.connect(url, autocommit=True) as connexion:
            connexion.execute("SET maintenance_work_mem = '1GB'")
            connexion.execute("SET max_parallel_maintenance_workers = 0")  # the cores are taken
            connexion.execute(ordre)

    with ThreadPoolExecutor(os.cpu_count()) as fils:
        list(fils.map(executer, ordres))
