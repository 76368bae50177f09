-- What the database does for the École alone: this module is installed nowhere else.

-- Takes away everything of one bac, but the journal, the bac itself and its reference data; returns how many rows.
-- Refused where days are those of the server, and for a territory that is no bac: nothing but fiction is there.
CREATE FUNCTION ecole_vider(p_territoire text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    gardees text[] := '{bac,territoire,guichet,departement,habilitation,type_evenement,appel_convention}';
    tables text[];
    d uuid;
    regle effacement;
    g record;
    t text;
    total bigint := 0;
    n bigint;
BEGIN
    IF NOT base_admet('AUTRE_JOUR') OR NOT EXISTS (SELECT FROM bac b WHERE b.territoire = p_territoire) THEN
        RAISE EXCEPTION 'territoire % : ce n’est pas un bac de l’École', p_territoire
            USING errcode = 'insufficient_privilege';
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    tables := ARRAY(
        SELECT c.relname::text FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND NOT c.relname LIKE 'journal%' AND NOT c.relname = ANY (gardees)
            AND (c.relname IN ('purge_compte', 'demande_enquetee') OR EXISTS (SELECT FROM effacement e WHERE e.quoi = c.relname)
                OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'territoire'
                    AND NOT a.attisdropped))
        ORDER BY c.relname);
    CREATE TEMPORARY TABLE IF NOT EXISTS ecole_gardes (declencheur text, de text) ON COMMIT DROP;
    INSERT INTO ecole_gardes SELECT x.tgname, c.relname FROM pg_trigger x JOIN pg_class c ON c.oid = x.tgrelid
    WHERE c.relname = ANY (tables) AND x.tgenabled = 'A' AND NOT x.tgisinternal;
    FOREACH t IN ARRAY tables LOOP
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', t);
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    FOR d IN SELECT id FROM demande WHERE territoire = p_territoire LOOP
        FOR regle IN SELECT * FROM effacement e WHERE e.quoi = ANY (tables) ORDER BY e.rang LOOP
            EXECUTE format('DELETE FROM %I ligne WHERE %s', regle.quoi, regle.condition)
            USING d, ARRAY(SELECT m.ensemble_id FROM ensemble_membre m WHERE m.demande_id = d);
            GET DIAGNOSTICS n = ROW_COUNT;
            total := total + n;
        END LOOP;
    END LOOP;
    DELETE FROM purge_compte c USING purge p WHERE p.id = c.purge_id AND p.territoire = p_territoire;
    DELETE FROM demande_enquetee x USING demande q WHERE q.id = x.demande_id AND q.territoire = p_territoire;
    FOREACH t IN ARRAY tables LOOP
        IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t::regclass AND a.attname = 'territoire') THEN
            EXECUTE format('DELETE FROM %I WHERE territoire = $1', t) USING p_territoire;
            GET DIAGNOSTICS n = ROW_COUNT;
            total := total + n;
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH t IN ARRAY tables LOOP
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', t);
    END LOOP;
    FOR g IN SELECT * FROM ecole_gardes LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', g.de, g.declencheur);
    END LOOP;
    DROP TABLE ecole_gardes;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION ecole_vider FROM PUBLIC;
