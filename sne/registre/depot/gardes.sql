-- What the database guarantees of the subject « depot », beyond what its models declare.

ALTER TABLE consigne_egalite ADD CONSTRAINT consigne_egalite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_anteriorite ADD CONSTRAINT decision_anteriorite_de_sa_requete
    FOREIGN KEY (requete_id, demande_id, auteur) REFERENCES requete_anteriorite (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_anteriorite ADD CONSTRAINT decision_anteriorite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- An answer that was taken back gives its date no more: another one has to.
CREATE FUNCTION registre_exiger_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_anteriorite z
    JOIN requete_anteriorite r ON r.id = z.requete_id AND r.date_demandee = NEW.date_depot
    JOIN demande d ON d.id = z.demande_id AND d.anciennete_heritee = NEW.date_depot
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCORDEE'
        AND NOT EXISTS (SELECT FROM titre_anciennete t WHERE t.demande_id = NEW.demande_id
            AND t.acte = 'RESTAURATION' AND t.inscrit_le > z.inscrit_le);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : personne n’a accordé cette date', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER anteriorite AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'ANTERIORITE')
    EXECUTE FUNCTION registre_exiger_anteriorite();

-- A request for an earlier date, until it is decided.
CREATE FUNCTION attente_due_anteriorite(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.id, 'ANTERIORITE', 'REPONSES', r.guichet::text, r.auteur, r.survenu_le, NULL::date
    FROM requete_anteriorite r WHERE r.demande_id = d.id
        AND NOT EXISTS (SELECT FROM decision_anteriorite x WHERE x.requete_id = r.id)
$$;
