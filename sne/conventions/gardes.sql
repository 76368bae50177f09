-- What the database guarantees of agreements, beyond what their models declare.

-- Credits are moved at each call and worth nothing after a crash.
ALTER TABLE cadence_convention SET UNLOGGED;

-- What has ended stays ended: a key, a certificate, a scope, a stop are made anew.
CREATE FUNCTION conventions_une_seule_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF to_jsonb(OLD) ->> tg_argv[0] IS NOT NULL AND to_jsonb(NEW) ->> tg_argv[0] IS DISTINCT FROM to_jsonb(OLD) ->> tg_argv[0]
    THEN
        RAISE EXCEPTION '% % : sa fin est déjà écrite', tg_table_name, OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fin BEFORE UPDATE ON cle_convention
    FOR EACH ROW EXECUTE FUNCTION conventions_une_seule_fin('revoquee_le');
CREATE TRIGGER fin BEFORE UPDATE ON certificat_convention
    FOR EACH ROW EXECUTE FUNCTION conventions_une_seule_fin('revoque_le');
CREATE TRIGGER reponse BEFORE UPDATE ON certificat_convention
    FOR EACH ROW EXECUTE FUNCTION conventions_une_seule_fin('clos_le');
CREATE TRIGGER fin BEFORE UPDATE ON portee_ouverte
    FOR EACH ROW EXECUTE FUNCTION conventions_une_seule_fin('fermee_le');
CREATE TRIGGER fin BEFORE UPDATE ON arret_convention
    FOR EACH ROW EXECUTE FUNCTION conventions_une_seule_fin('leve_le');
