-- What the database guarantees of subscriptions and editions, beyond what their models declare.

ALTER TABLE edition ADD CONSTRAINT edition_empreintes
    CHECK (octet_length(empreinte_definitions) = 32 AND octet_length(empreinte_resultat) = 32);

-- The figures of an edition go whole, once their time is over; they never change.
CREATE FUNCTION edition_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.octets IS NOT NULL THEN
        RAISE EXCEPTION 'édition % : ses chiffres s’effacent, ils ne changent pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    -- One day more than the retention is left to the caller: the day starts in Paris.
    IF NOT base_admet('AUTRE_JOUR') AND OLD.survenu_le > clock_timestamp() + interval '1 day'
        - make_interval(months => parametre_entier('edition_conservation_mois', current_date))
    THEN
        RAISE EXCEPTION 'édition % : elle se garde encore', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garde BEFORE UPDATE ON edition FOR EACH ROW EXECUTE FUNCTION edition_garder();

-- A subscription stays where it was opened: the place it is of never changes, and nothing follows its end.
CREATE FUNCTION abonnement_garder_le_lieu() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_avant abonnement_rapport%rowtype;
BEGIN
    SELECT * INTO v_avant FROM abonnement_rapport WHERE abonnement = NEW.abonnement
        ORDER BY survenu_le DESC, id DESC LIMIT 1;
    IF v_avant.id IS NOT NULL AND (v_avant.nature = 'ARRETE'
        OR (NEW.territoire, NEW.lieu, NEW.organisme, NEW.rapport, NEW.compte)
            IS DISTINCT FROM (v_avant.territoire, v_avant.lieu, v_avant.organisme, v_avant.rapport, v_avant.compte))
    THEN
        RAISE EXCEPTION 'abonnement % : il est arrêté, ou il est d’un autre lieu', NEW.abonnement
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lieu BEFORE INSERT ON abonnement_rapport
    FOR EACH ROW EXECUTE FUNCTION abonnement_garder_le_lieu();

-- An occurrence and what follows it are of one territory; what was sent again follows its end, nothing else does.
CREATE FUNCTION abonnement_garder_la_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.issue <> 'RENVOYE' AND EXISTS (SELECT FROM abonnement_envoi_suite s WHERE s.envoi_id = NEW.envoi_id
        AND s.issue IN ('ENVOYE', 'VIDE', 'ECHEC', 'ARRETE', 'REMPLACE'))
    THEN
        RAISE EXCEPTION 'envoi % : il est terminé', NEW.envoi_id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER termine BEFORE INSERT ON abonnement_envoi_suite
    FOR EACH ROW EXECUTE FUNCTION abonnement_garder_la_fin();

-- A version is not withdrawn while a subscription follows it and nothing says which one it would follow then.
CREATE FUNCTION abonnement_garder_les_retraits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM rapport_version v
        JOIN (SELECT DISTINCT ON (d.abonnement) d.* FROM abonnement_rapport d
            ORDER BY d.abonnement, d.survenu_le DESC, d.id DESC) a
            ON a.rapport = v.rapport_id AND a.version = v.numero AND a.nature <> 'ARRETE'
        WHERE v.id = NEW.version_id AND NOT EXISTS (
            SELECT FROM correspondance c
            JOIN rapport_version s ON s.id = c.nouvelle_id AND s.numero > v.numero
            JOIN rapport_decision p ON p.version_id = s.id AND p.nature = 'PUBLIER' AND p.issue = 'VALIDEE'
                AND p.prend_effet_le <= NEW.prend_effet_le
            WHERE c.ancienne_id = v.id)
    ) THEN
        RAISE EXCEPTION 'version % : un abonnement la suit, et rien ne dit laquelle suivre ensuite', NEW.version_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sans_orphelin BEFORE INSERT OR UPDATE ON rapport_decision FOR EACH ROW
    WHEN (NEW.nature = 'RETIRER' AND NEW.issue = 'VALIDEE') EXECUTE FUNCTION abonnement_garder_les_retraits();
