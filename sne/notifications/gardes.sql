-- What the database guarantees of notifications, beyond what its models declare.

ALTER TABLE message ADD CONSTRAINT message_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE message_agent ADD CONSTRAINT message_agent_empreinte CHECK (octet_length(empreinte) = 32);
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON message_agent_tentative
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE message_agent_tentative ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- What was written to whom can be erased, never changed.
CREATE FUNCTION messages_figer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (NEW.destinataire IS DISTINCT FROM OLD.destinataire AND NEW.destinataire IS NOT NULL)
        OR (NEW.contexte IS DISTINCT FROM OLD.contexte AND NEW.contexte IS NOT NULL)
        OR (NEW.secours IS DISTINCT FROM OLD.secours AND NEW.secours IS NOT NULL)
    THEN
        RAISE EXCEPTION 'message % : son adresse et son texte s’effacent, ils ne changent pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    -- The link of a notice opens nothing once its address is gone; it goes with its demande, by the erasure.
    IF OLD.genre = 'AVIS_CHANGEMENT' AND (NEW.destinataire, NEW.contexte, NEW.secours)
        IS DISTINCT FROM (OLD.destinataire, OLD.contexte, OLD.secours)
    THEN
        RAISE EXCEPTION 'message % : un avis garde son adresse et son texte', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    -- Whatever an attempt gives, the message is no more to be sent for the first time, and an entry says so.
    IF OLD.etat = 'A_ENVOYER' AND NEW.etat = 'A_ENVOYER'
        AND NEW.prochain_essai_le IS DISTINCT FROM OLD.prochain_essai_le
    THEN
        RAISE EXCEPTION 'message % : rien ne retient ce qui est à envoyer', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION messages_figer();

-- What was written to whom can be erased, never changed.
CREATE FUNCTION messages_agents_figer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (NEW.destinataire IS DISTINCT FROM OLD.destinataire AND NEW.destinataire IS NOT NULL)
        OR (NEW.contexte IS DISTINCT FROM OLD.contexte AND NEW.contexte IS NOT NULL)
    THEN
        RAISE EXCEPTION 'message % : son adresse et son texte s’effacent, ils ne changent pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige BEFORE UPDATE ON message_agent FOR EACH ROW EXECUTE FUNCTION messages_agents_figer();

-- An attempt goes with its message, which was emptied first; nothing else of it ever changes.
CREATE FUNCTION messages_agents_garder_essai() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'DELETE' AND EXISTS (SELECT FROM message_agent m
        WHERE m.id = OLD.message_id AND m.destinataire IS NULL AND m.contexte IS NULL)
    THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON message_agent_tentative
    FOR EACH ROW EXECUTE FUNCTION messages_agents_garder_essai();
ALTER TABLE message_agent_tentative ENABLE ALWAYS TRIGGER ajout_seul;

-- One day more than the retention is left to the caller: the day starts in Paris, and months are not of one length.
CREATE FUNCTION messages_agents_effacer(p_avant timestamptz, p_au_plus integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_mois integer := parametre_entier('message_agent_conservation_mois', current_date);
    v_vieux uuid[];
BEGIN
    IF NOT base_admet('AUTRE_JOUR')
        AND (v_mois IS NULL OR p_avant > clock_timestamp() - make_interval(months => v_mois) + interval '1 day')
    THEN
        RAISE EXCEPTION 'messages d’avant % : ils se gardent encore', p_avant
            USING errcode = 'integrity_constraint_violation';
    END IF;
    v_vieux := ARRAY(SELECT m.id FROM message_agent m WHERE m.survenu_le < p_avant
        ORDER BY m.survenu_le, m.id LIMIT p_au_plus FOR UPDATE SKIP LOCKED);
    UPDATE message_agent SET destinataire = NULL, contexte = NULL WHERE id = ANY (v_vieux);
    DELETE FROM message_agent_tentative WHERE message_id = ANY (v_vieux);
    DELETE FROM message_agent WHERE id = ANY (v_vieux);
    RETURN cardinality(v_vieux);
END $$;
REVOKE EXECUTE ON FUNCTION messages_agents_effacer FROM PUBLIC;
