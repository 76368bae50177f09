-- What the database guarantees of the subject « identite », beyond what its models declare.

ALTER TABLE observation_identite ADD CONSTRAINT observation_de_sa_demande
    FOREIGN KEY (operation_id, demande_id, auteur) REFERENCES operation (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;

-- Somebody decides only on an identity that was proposed to them.
CREATE FUNCTION registre_exiger_en_controle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite WHERE id = NEW.identite_id AND voie = 'CONTROLE';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'decision_identite % : cette identité n’attend aucune décision', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER en_controle AFTER INSERT ON decision_identite
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_en_controle();

-- Only the ways of the closed list come into force, each by what it wants.
CREATE FUNCTION registre_exiger_identite_admise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite i JOIN identite a ON a.id = OLD.identite_courante_id
    LEFT JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.id = NEW.identite_courante_id AND NOT i.retrait AND (
        d.issue = 'VALIDEE'
        OR i.voie = 'RETABLIE'  -- its own guard wants what two persons accepted
        OR i.voie = 'AUTOMATIQUE' AND (
            (i.nom_naissance, i.prenoms, i.date_naissance, i.nir_empreinte, registre_sexe(i.civilite))
                IS NOT DISTINCT FROM
            (a.nom_naissance, a.prenoms, a.date_naissance, a.nir_empreinte, registre_sexe(a.civilite))
            OR EXISTS (SELECT FROM examen_identite x WHERE x.identite_id = i.id AND x.decision = 'AUTOMATIQUE')
            OR EXISTS (SELECT FROM decision_identite x JOIN identite y ON y.id = x.identite_id
                WHERE y.personne_id = NEW.id AND x.issue = 'VALIDEE' AND x.survenu_le = i.survenu_le)));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : personne n’a validé cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identite_admise AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.identite_courante_id IS DISTINCT FROM OLD.identite_courante_id)
    EXECUTE FUNCTION registre_exiger_identite_admise();

-- The identity in force of a person is one that the version in force names: a search finds what the file says.
CREATE FUNCTION registre_exiger_identite_dite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM personne q JOIN demande d ON d.id = q.demande_id JOIN version v ON v.id = d.version_courante_id
    WHERE q.id = NEW.id AND (q.retire_le IS NOT NULL OR q.identite_courante_id = ANY (v.identites));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : la version en vigueur ne dit pas cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identite_dite AFTER UPDATE ON personne DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.identite_courante_id IS DISTINCT FROM OLD.identite_courante_id)
    EXECUTE FUNCTION registre_exiger_identite_dite();

-- A change of identity waits for its decision.
CREATE FUNCTION attente_due_identite(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT i.id, 'IDENTITE', 'REPONSES', i.guichet::text, i.auteur, i.survenu_le, NULL::date
    FROM identite i WHERE i.demande_id = d.id AND i.voie = 'CONTROLE'
        AND NOT EXISTS (SELECT FROM decision_identite x WHERE x.identite_id = i.id)
$$;

-- A question about a change of identity waits for an answer, or for the decision.
CREATE FUNCTION attente_due_question_identite(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT q.id, 'QUESTION_IDENTITE', 'REPONSES', i.guichet::text, q.auteur, q.survenu_le, NULL::date
    FROM identite i JOIN echange_identite q ON q.territoire = i.territoire AND q.identite_id = i.id
    WHERE i.demande_id = d.id AND i.voie = 'CONTROLE' AND q.nature = 'QUESTION'
        AND NOT EXISTS (SELECT FROM decision_identite x WHERE x.identite_id = i.id)
        AND NOT EXISTS (SELECT FROM echange_identite r WHERE r.territoire = q.territoire
            AND r.identite_id = q.identite_id AND r.nature = 'REPONSE' AND r.inscrit_le > q.inscrit_le)
$$;
