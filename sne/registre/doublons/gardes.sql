-- What the database guarantees of the subject « doublons », beyond what its models declare.

-- A pair, or what is decided of a demande, is of demandes of the set.
ALTER TABLE ensemble_paire ADD CONSTRAINT ensemble_paire_membre_a
    FOREIGN KEY (ensemble_id, demande_a_id) REFERENCES ensemble_membre (ensemble_id, demande_id);
ALTER TABLE ensemble_paire ADD CONSTRAINT ensemble_paire_membre_b
    FOREIGN KEY (ensemble_id, demande_b_id) REFERENCES ensemble_membre (ensemble_id, demande_id);
ALTER TABLE ensemble_sort ADD CONSTRAINT ensemble_sort_membre
    FOREIGN KEY (ensemble_id, demande_id) REFERENCES ensemble_membre (ensemble_id, demande_id);

-- Whether this transaction erases a demande of this set.
CREATE FUNCTION purge_couvre_ensemble(p_ensemble uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() p JOIN ensemble_membre m ON m.demande_id = p.demande_id
        WHERE m.ensemble_id = p_ensemble)
$$;

-- A case is opened, then ended, once; the entry of the same transaction names it.
CREATE FUNCTION registre_garder_cas() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL THEN
        RAISE EXCEPTION 'cas % : il est clos', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clos BEFORE UPDATE ON cas_doublon FOR EACH ROW EXECUTE FUNCTION registre_garder_cas();

-- An ended set changes no more, but for its sentence, which goes with a demande that it is about.
CREATE FUNCTION registre_garder_ensemble() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL AND NOT (
        to_jsonb(NEW) = to_jsonb(OLD) || '{"precision": ""}' AND purge_couvre_ensemble(OLD.id))
    THEN
        RAISE EXCEPTION 'ensemble % : il est clos', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Nothing is added to a set that has ended, or of another territory.
CREATE FUNCTION registre_garder_dans_ensemble() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.inscrit_le := clock_timestamp();
    IF NOT EXISTS (
        SELECT FROM ensemble_doublon WHERE id = NEW.ensemble_id AND territoire = NEW.territoire AND clos_le IS NULL
    ) THEN
        RAISE EXCEPTION 'ensemble % : il est clos, ou d’un autre territoire', NEW.ensemble_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ouvert BEFORE INSERT ON ensemble_membre
    FOR EACH ROW EXECUTE FUNCTION registre_garder_dans_ensemble();
CREATE TRIGGER ouvert BEFORE INSERT ON ensemble_paire
    FOR EACH ROW EXECUTE FUNCTION registre_garder_dans_ensemble();
CREATE TRIGGER ouvert BEFORE INSERT ON ensemble_sort
    FOR EACH ROW EXECUTE FUNCTION registre_garder_dans_ensemble();

-- At commit: an end is told, and unless the set went on under another one it says something of each demande.
CREATE FUNCTION registre_exiger_fin_d_ensemble() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE verbe = 'CLORE_ENSEMBLE_DOUBLON' AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'ensemble' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme l’ensemble %', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.issue <> 'REUNI' AND EXISTS (
        SELECT FROM ensemble_membre m WHERE m.ensemble_id = NEW.id AND NOT EXISTS (
            SELECT FROM ensemble_sort s WHERE s.ensemble_id = m.ensemble_id AND s.demande_id = m.demande_id
        )
    ) THEN
        RAISE EXCEPTION 'ensemble % : sa fin ne dit rien d’une demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER clos BEFORE UPDATE ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION registre_garder_ensemble();
CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OF clos_le ON ensemble_doublon
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.clos_le IS NOT NULL)
    EXECUTE FUNCTION registre_exiger_fin_d_ensemble();

-- A question about a double, put by a counter.
CREATE FUNCTION attente_due_doublon(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT c.id, 'DOUBLON', 'REPONSES', c.guichet::text, c.auteur, c.ouvert_le, NULL::date
    FROM cas_doublon c WHERE c.demande_id = d.id AND c.clos_le IS NULL
$$;

-- A set of close demandes has one line, on the first that is under way.
CREATE FUNCTION attente_due_ensemble_doublon(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT e.id, 'ENSEMBLE_DOUBLON', 'REPONSES', '', NULL::uuid, e.ouvert_le, NULL::date
    FROM ensemble_membre s JOIN ensemble_doublon e ON e.id = s.ensemble_id
    WHERE s.demande_id = d.id AND e.clos_le IS NULL
        AND s.id = (SELECT m.id FROM ensemble_membre m JOIN demande x ON x.id = m.demande_id
            WHERE m.ensemble_id = e.id AND x.statut IN ('ACTIVE', 'EXPIREE') ORDER BY m.id LIMIT 1)
$$;
