-- What the database guarantees of the subject « separation », beyond what its models declare.

ALTER TABLE decision_separation ADD CONSTRAINT decision_separation_de_son_auteur
    FOREIGN KEY (separation_id, demande_id, auteur) REFERENCES separation (id, nouvelle_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_separation ADD CONSTRAINT decision_separation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- The person who inherits was named in the first demande before they left it; what waited for a decision was decided
-- so.
CREATE FUNCTION registre_exiger_heritage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation s
    JOIN version v ON v.demande_id = s.demande_id AND v.numero = s.revision - 1
    JOIN demande d ON d.id = s.nouvelle_id AND d.anciennete_heritee = NEW.date_depot
    WHERE s.id = NEW.separation_id
        AND EXISTS (SELECT FROM identite i WHERE i.id = ANY (v.identites) AND i.personne_id = s.personne_id)
        AND (EXISTS (SELECT FROM decision_separation z
            WHERE z.separation_id = s.id AND z.issue = 'HERITEE'));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : cette personne n’hérite d’aucune ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A role passes on only when the person who held it has left, by a separation, or comes back to a demande put back.
CREATE FUNCTION registre_exiger_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation s
    JOIN demande d ON d.id = s.demande_id AND d.revision = s.revision
    JOIN personne p ON p.id = s.personne_id AND p.role = 'DEMANDEUR' AND p.retire_le IS NOT NULL
    WHERE s.demande_id = NEW.demande_id AND NEW.role = 'DEMANDEUR'
    UNION ALL
    SELECT 1 FROM demande d WHERE d.id = NEW.demande_id AND registre_est_retablie(d.id, d.revision);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : le demandeur n’est pas parti, elle garde son rôle', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER heritage AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'SEPARATION')
    EXECUTE FUNCTION registre_exiger_heritage();
CREATE CONSTRAINT TRIGGER role_repris AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.role <> OLD.role)
    EXECUTE FUNCTION registre_exiger_separation();

-- Nobody leaves a household but by a separation, a departure that somebody validated, or a demande put back.
CREATE FUNCTION registre_exiger_depart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM separation WHERE personne_id = NEW.id AND survenu_le = NEW.retire_le
    UNION ALL
    SELECT 1 FROM identite i LEFT JOIN decision_identite d ON d.identite_id = i.id
    LEFT JOIN examen_identite x ON x.identite_id = i.id
    WHERE i.personne_id = NEW.id AND i.retrait
        AND (d.issue = 'VALIDEE' OR i.voie = 'AUTOMATIQUE' AND x.decision = 'AUTOMATIQUE')
    UNION ALL
    SELECT 1 FROM demande d WHERE d.id = NEW.demande_id AND registre_est_retablie(d.id, d.revision);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : rien ne dit qu’elle quitte la demande', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER depart_dit AFTER UPDATE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.retire_le IS NOT NULL AND OLD.retire_le IS NULL)
    EXECUTE FUNCTION registre_exiger_depart();

-- A separation is examined on the demande of who left; the counter is told nothing of a secret one.
CREATE FUNCTION attente_due_separation(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT s.id, 'SEPARATION', 'REPONSES', CASE WHEN s.secrete THEN '' ELSE s.guichet::text END,
        s.auteur, s.survenu_le, NULL::date
    FROM separation s WHERE s.nouvelle_id = d.id
        AND NOT EXISTS (SELECT FROM decision_separation x WHERE x.separation_id = s.id)
$$;
