-- What the database guarantees of the subject « mandat », beyond what its models declare.

-- What has ended does not move again.
CREATE TRIGGER clos BEFORE UPDATE ON mandat_aide
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('clos_le');

-- The households' portal, which reads no account of a professional, signs for a relative and never for a body.
CREATE FUNCTION mandat_garder_l_accord() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.aidant IS NOT NULL AND NEW.invitation = '' AND (tg_op = 'INSERT' OR OLD.aidant IS DISTINCT FROM NEW.aidant)
        AND NOT has_table_privilege(current_user, 'compte', 'SELECT')
    THEN
        RAISE EXCEPTION 'mandat_aide % : un organisme n’accepte pas par la porte des ménages', NEW.id
            USING errcode = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accord BEFORE INSERT OR UPDATE OF aidant ON mandat_aide
    FOR EACH ROW EXECUTE FUNCTION mandat_garder_l_accord();
