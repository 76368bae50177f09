-- How texts are compared when somebody searches: French stems first, then accents left out (the other way round,
-- « radié », « radier » and « radiée » have three stems). Generated columns and indexes stand on these functions: a
-- change of one is a new function and a rebuild of what is generated from it.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

CREATE FUNCTION recherche_plat(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT translate(t, 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy') $$;

-- The typographic apostrophe is a letter to the parser, which would keep « l’attestation » as one word.
CREATE FUNCTION recherche_lettres(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT regexp_replace(regexp_replace(translate(lower(normalize(t, NFC)), '’ʼ', ''''''), 'œ', 'oe', 'g'), 'æ', 'ae', 'g')
$$;

CREATE FUNCTION recherche_racines(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT recherche_plat(to_tsvector('pg_catalog.french', recherche_lettres(t))::text)::tsvector $$;

CREATE FUNCTION recherche_requete(t text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT recherche_plat(websearch_to_tsquery('pg_catalog.french', recherche_lettres(t))::text)::tsquery $$;

CREATE FUNCTION recherche_mots(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT recherche_plat(to_tsvector('pg_catalog.simple', recherche_lettres(t))::text)::tsvector $$;

-- What an entry is found by: its title first, then its keywords, its short answer; and in « complet », its text too
-- (as much of it as a vector holds).
CREATE FUNCTION recherche_court(titre text, mots text, reponse text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT setweight(recherche_racines(titre), 'A') || setweight(recherche_racines(mots), 'B')
    || setweight(recherche_racines(reponse), 'C') $$;

CREATE FUNCTION recherche_complet(titre text, mots text, reponse text, corps text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT recherche_court(titre, mots, reponse) || setweight(recherche_racines(left(corps, 400000)), 'D') $$;

CREATE FUNCTION recherche_prefixes(titre text, mots text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT recherche_mots(titre || ' ' || mots) $$;
