-- What the database guarantees of the subject « joindre », beyond what its models declare.

-- At commit: a protection is lifted by an act that says so, once the reason is out, by another person than took it out.
CREATE FUNCTION registre_garder_protection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    raison constant jsonb := '{"motifs": {"codes": ["06"]}}';
    dite integer := (SELECT max(numero) FROM version
        WHERE demande_id = NEW.demande_id AND numero < NEW.numero AND contenu @> raison);
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.numero AND verbe = 'LEVER_PROTECTION'
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id();
    IF NOT FOUND OR NEW.contenu @> raison OR EXISTS (
        SELECT FROM version v WHERE v.demande_id = NEW.demande_id AND v.numero = dite + 1
            AND compte_personne(v.auteur) = compte_personne(NEW.auteur))
    THEN
        RAISE EXCEPTION 'version % de la demande % : sa protection ne se lève pas ainsi', NEW.numero, NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER protection AFTER INSERT ON version DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.protection_levee) EXECUTE FUNCTION registre_garder_protection();
