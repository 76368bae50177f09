-- What the database guarantees of referentiels, beyond what its models declare.

ALTER TABLE guichet ADD CONSTRAINT guichet_de_son_territoire
    FOREIGN KEY (territoire) REFERENCES territoire (code) DEFERRABLE INITIALLY DEFERRED;

-- The whole number in force on that day, as the selectors read it; NULL when there is none.
CREATE FUNCTION parametre_entier(p_code text, p_le date) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (p.valeur #>> '{}')::integer FROM parametre p
    WHERE p.code = p_code AND coalesce(p.debut, '-infinity') <= p_le AND coalesce(p.fin, 'infinity') >= p_le
    ORDER BY p.debut DESC NULLS LAST LIMIT 1
$$;
