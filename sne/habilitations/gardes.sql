-- What the database guarantees of habilitations, beyond what its models declare.

-- A link stays; a person whose first account joins another takes all theirs along.
CREATE FUNCTION compte_garder_titulaire() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.titulaire_id IS NULL OR NEW.titulaire_id = NEW.id
        OR EXISTS (SELECT FROM compte WHERE id = NEW.titulaire_id AND titulaire_id IS NOT NULL)
        OR OLD.titulaire_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM compte WHERE id = OLD.titulaire_id AND titulaire_id = NEW.titulaire_id)
    THEN
        RAISE EXCEPTION 'compte % : un lien entre deux comptes ne se retire pas', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER titulaire AFTER UPDATE OF titulaire_id ON compte DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.titulaire_id IS DISTINCT FROM OLD.titulaire_id) EXECUTE FUNCTION compte_garder_titulaire();

-- Who an account is: its person, by their first account; somebody without account is alone.
CREATE FUNCTION compte_personne(compte uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT c.titulaire_id FROM public.compte c WHERE c.id = $1), $1)
$$;

-- Which persons the accounts of these columns are of is written by the database: what is sent is overwritten. Who asked
-- and who answers are then compared by a CHECK, whichever accounts they use (``models.deux_personnes``).
CREATE FUNCTION compte_nommer_les_personnes() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    colonne text;
BEGIN
    FOREACH colonne IN ARRAY tg_argv LOOP
        NEW := jsonb_populate_record(NEW, jsonb_build_object(
            'personne_' || colonne, compte_personne((to_jsonb(NEW) ->> colonne)::uuid)));
    END LOOP;
    RETURN NEW;
END $$;

-- Nobody grants a role to themselves, under any of their accounts; a software holds its own roles and no other; an end
-- stays written.
CREATE FUNCTION habilitation_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'INSERT' AND compte_personne(NEW.accordee_par) = compte_personne(NEW.compte_id) THEN
        RAISE EXCEPTION 'habilitation % : une personne ne s’accorde pas un rôle', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF tg_op = 'INSERT'
        AND (NEW.role = 'EDITEUR') IS DISTINCT FROM (SELECT logiciel FROM compte WHERE id = NEW.compte_id)
    THEN
        RAISE EXCEPTION 'habilitation % : ce rôle est celui d’un logiciel, et son seul rôle', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF tg_op = 'UPDATE' AND OLD.fin IS NOT NULL AND (NEW.fin IS NULL OR NEW.fin > OLD.fin) THEN
        RAISE EXCEPTION 'habilitation % : sa fin ne se recule pas, une nouvelle s’accorde', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE INSERT OR UPDATE ON habilitation
    FOR EACH ROW EXECUTE FUNCTION habilitation_garder();

-- The last use of an account only moves on.
CREATE FUNCTION compte_garder_utilisation() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.derniere_utilisation := greatest(OLD.derniere_utilisation, NEW.derniere_utilisation);
    NEW.sessions_closes_le := greatest(OLD.sessions_closes_le, NEW.sessions_closes_le);
    RETURN NEW;
END $$;
CREATE TRIGGER utilisation BEFORE UPDATE OF derniere_utilisation, sessions_closes_le ON compte
    FOR EACH ROW EXECUTE FUNCTION compte_garder_utilisation();

-- A lack is closed once.
CREATE FUNCTION carence_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.comblee_le IS NOT NULL THEN
        RAISE EXCEPTION 'carence % : elle est déjà comblée', NEW.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE UPDATE ON carence FOR EACH ROW EXECUTE FUNCTION carence_garder();

-- Nobody says their own departure under another of their accounts; what is handed over is handed over once.
CREATE FUNCTION depart_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'INSERT' AND compte_personne(NEW.prononce_par) = compte_personne(NEW.compte_id)
        AND NEW.prononce_par <> NEW.compte_id
    THEN
        RAISE EXCEPTION 'depart % : une personne ne signale pas le sien', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF tg_op = 'UPDATE' AND OLD.execute_le IS NOT NULL THEN
        RAISE EXCEPTION 'depart % : il est déjà exécuté', NEW.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garder BEFORE INSERT OR UPDATE ON depart FOR EACH ROW EXECUTE FUNCTION depart_garder();

-- Whose role is reviewed is written by the database: what is sent is overwritten.
CREATE FUNCTION reponse_revue_nommer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.personne_revue := (
        SELECT compte_personne(h.compte_id) FROM ligne_revue l JOIN habilitation h ON h.id = l.habilitation_id
        WHERE l.id = NEW.ligne_id
    );
    RETURN NEW;
END $$;
CREATE TRIGGER revue BEFORE INSERT ON reponse_revue FOR EACH ROW EXECUTE FUNCTION reponse_revue_nommer();

-- In which counters somebody helps that day, and not who: all that the households' portal learns of roles.
CREATE FUNCTION habilitations_guichets_aidants(p_territoire text, p_le date) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT h.guichet::text FROM public.habilitation h JOIN public.compte c ON c.id = h.compte_id
    WHERE h.role = 'AIDANT' AND h.territoire = p_territoire AND c.actif
        AND h.debut <= p_le AND (h.fin IS NULL OR h.fin > p_le)
        AND NOT EXISTS (SELECT FROM public.suspension s WHERE s.habilitation_id = h.id AND s.levee_le IS NULL)
$$;
REVOKE EXECUTE ON FUNCTION habilitations_guichets_aidants FROM PUBLIC;

-- A campaign, a suspension end once.
CREATE FUNCTION habilitations_une_seule_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF to_jsonb(OLD) ->> tg_argv[0] IS NOT NULL THEN
        RAISE EXCEPTION '% % : sa fin est déjà écrite', tg_table_name, OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fin BEFORE UPDATE ON campagne_revue
    FOR EACH ROW EXECUTE FUNCTION habilitations_une_seule_fin('close_le');
CREATE TRIGGER fin BEFORE UPDATE ON suspension
    FOR EACH ROW EXECUTE FUNCTION habilitations_une_seule_fin('levee_le');
CREATE CONSTRAINT TRIGGER journalise_ajoute AFTER INSERT ON otp_totp_totpdevice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.confirmed) EXECUTE FUNCTION
    journal_exiger_entree('CREER_COMPTE,MODIFIER_COMPTE', 'compte', 'user_id');
CREATE CONSTRAINT TRIGGER journalise_modifie AFTER UPDATE ON otp_totp_totpdevice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.confirmed OR old.confirmed) AND (((((((old.user_id IS
    DISTINCT FROM new.user_id) OR ((old.key)::text IS DISTINCT FROM (new.key)::text)) OR (old.confirmed IS DISTINCT FROM
    new.confirmed)) OR (old.step IS DISTINCT FROM new.step)) OR (old.t0 IS DISTINCT FROM new.t0)) OR (old.digits IS
    DISTINCT FROM new.digits)) OR (old.tolerance IS DISTINCT FROM new.tolerance)))) EXECUTE FUNCTION
    journal_exiger_entree('MODIFIER_COMPTE', 'compte', 'user_id');
CREATE CONSTRAINT TRIGGER journalise_retire AFTER DELETE ON otp_totp_totpdevice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.confirmed) EXECUTE FUNCTION
    journal_exiger_entree('MODIFIER_COMPTE', 'compte', 'user_id');
