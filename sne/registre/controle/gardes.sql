-- What the database guarantees of the subject « controle », beyond what its models declare.

ALTER TABLE operation ADD CONSTRAINT operation_et_demande UNIQUE (id, demande_id, auteur);
ALTER TABLE operation ADD CONSTRAINT operation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON examen_identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON operation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();

-- Who changed the identity is written by the database, before the persons of these accounts: what is sent is overwritten.
CREATE FUNCTION registre_nommer_l_auteur() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.auteur := (SELECT auteur FROM identite WHERE id = NEW.identite_id AND demande_id = NEW.demande_id);
    RETURN NEW;
END $$;
CREATE TRIGGER auteur BEFORE INSERT ON permission_contact FOR EACH ROW EXECUTE FUNCTION registre_nommer_l_auteur();

-- A permission serves its own demande, in its time; who gave it is written before the persons are compared.
CREATE FUNCTION registre_user_de_la_permission() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    permission permission_contact;
BEGIN
    SELECT * INTO permission FROM permission_contact WHERE id = NEW.permission_id AND demande_id = NEW.demande_id;
    IF permission.jusqu_au IS NULL OR (NEW.survenu_le AT TIME ZONE 'Europe/Paris')::date > permission.jusqu_au THEN
        RAISE EXCEPTION 'permission % : d’une autre demande, ou hors de son temps', NEW.permission_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    NEW.gestionnaire := permission.decideur;
    RETURN NEW;
END $$;
CREATE TRIGGER permission BEFORE INSERT ON usage_permission
    FOR EACH ROW EXECUTE FUNCTION registre_user_de_la_permission();
