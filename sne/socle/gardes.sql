-- What the database guarantees of socle, beyond what its models declare.

-- Names are compared without accents (unaccent), by likeness (pg_trgm), within a territory (btree_gin).
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- How names are compared: without case, accent or punctuation; generated columns and indexes stand on it.
CREATE FUNCTION normaliser(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT btrim(regexp_replace(lower(unaccent('public.unaccent'::regdictionary, t)), '[^a-z]+', ' ', 'g'))
$$;
COMMENT ON FUNCTION normaliser(text) IS
    'Version 1. A change of this function is a new function and a rebuild of the columns generated from it.';

-- What is written once stays as it was written, for the owner too.
CREATE FUNCTION refuser_ecriture() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;

-- When a row was written is the server's to say: what is sent is overwritten.
CREATE FUNCTION estampiller() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.inscrit_le := clock_timestamp();
    RETURN NEW;
END $$;

-- ``AUTRE_JOUR``: acts of another day than the server's; ``REPRISE``: demandes taken over, of any age. Nothing at first;
-- only the owner may replace this function.
CREATE FUNCTION base_admet(p_quoi text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT p_quoi = ANY ('{}'::text[]) $$;

-- Which rows go with a demande that is erased, and in which order: written by ``gardes.installer`` from the models, read
-- by the register. In ``condition`` and ``avant``, $1 is the demande, $2 the sets that end with it, $3 the instant; the
-- row is ``ligne``. The owner's alone: the service neither reads nor writes it.
CREATE TABLE effacement (
    quoi text PRIMARY KEY,
    rang integer NOT NULL UNIQUE,
    condition text NOT NULL,
    avant text NOT NULL
);
