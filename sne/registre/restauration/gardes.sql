-- What the database guarantees of the subject « restauration », beyond what its models declare.

-- A request is of an enquiry on that demande, and of one of its versions; its answer is of that request, by another.
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_de_son_enquete
    FOREIGN KEY (enquete_id, demande_id) REFERENCES demande_enquetee (enquete_id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE requete_restauration ADD CONSTRAINT requete_restauration_vers_sa_version
    FOREIGN KEY (demande_id, vers) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_de_sa_requete
    FOREIGN KEY (requete_id, demande_id, auteur) REFERENCES requete_restauration (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_restauration ADD CONSTRAINT decision_restauration_par_une_version
    FOREIGN KEY (demande_id, arrivee) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- Whether two persons agreed that this demande is put back by that revision of it.
CREATE FUNCTION registre_est_retablie(p_demande uuid, p_revision integer) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM decision_restauration
        WHERE demande_id = p_demande AND revision = p_revision AND issue = 'ACCEPTEE')
$$;

-- An identity put back is one that the version asked for had in force, of the same person, trait for trait.
CREATE FUNCTION registre_exiger_identite_d_alors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_restauration z
    JOIN demande d ON d.id = z.demande_id AND d.revision = z.revision
    JOIN requete_restauration r ON r.id = z.requete_id
    JOIN version v ON v.demande_id = r.demande_id AND v.numero = r.vers
    JOIN identite i ON i.id = ANY (v.identites) AND i.personne_id = NEW.personne_id
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCEPTEE' AND z.survenu_le = NEW.survenu_le
        AND (i.civilite, i.nom_naissance, i.nom_usage, i.prenoms, i.date_naissance, i.date_naissance_presumee,
            i.naissance_commune, i.naissance_pays, i.nationalite, i.nir_etat, i.nir_empreinte)
        IS NOT DISTINCT FROM (NEW.civilite, NEW.nom_naissance, NEW.nom_usage, NEW.prenoms, NEW.date_naissance,
            NEW.date_naissance_presumee, NEW.naissance_commune, NEW.naissance_pays, NEW.nationalite, NEW.nir_etat,
            NEW.nir_empreinte);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'identité % : personne n’a accepté qu’elle soit rétablie', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retablie AFTER INSERT ON identite DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.voie = 'RETABLIE') EXECUTE FUNCTION registre_exiger_identite_d_alors();

-- The person who left a household comes back to it in no other way.
CREATE FUNCTION registre_exiger_retour() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT registre_est_retablie(NEW.demande_id, (SELECT revision FROM demande WHERE id = NEW.demande_id)) THEN
        RAISE EXCEPTION 'personne % : elle a quitté la demande, rien ne dit qu’elle y revient', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER retour_dit AFTER UPDATE ON personne DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.retire_le IS NOT NULL AND NEW.retire_le IS NULL) EXECUTE FUNCTION registre_exiger_retour();

-- Each is of that demande, and was not in force in the version asked for.
CREATE FUNCTION registre_exiger_pieces_gardables() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.pieces) g
        WHERE NOT EXISTS (SELECT FROM piece x WHERE x.id = g AND x.demande_id = NEW.demande_id)
            OR EXISTS (SELECT FROM version v
                WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.vers AND g = ANY (v.pieces)))
    THEN
        RAISE EXCEPTION 'retour % : une pièce à garder n’est pas arrivée depuis', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pieces_gardables BEFORE INSERT ON requete_restauration FOR EACH ROW
    WHEN (NEW.pieces <> '{}') EXECUTE FUNCTION registre_exiger_pieces_gardables();

-- A version that puts a demande back names documents of then, and those that were to be kept.
CREATE FUNCTION registre_exiger_pieces_d_alors() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM decision_restauration z
        JOIN requete_restauration r ON r.id = z.requete_id
        JOIN version a ON a.demande_id = r.demande_id AND a.numero = r.vers
        JOIN version v ON v.demande_id = z.demande_id AND v.numero = z.revision
        WHERE z.id = NEW.id AND NOT v.pieces <@ (a.pieces || r.pieces))
    THEN
        RAISE EXCEPTION 'retour % : une pièce n’est ni d’alors, ni de celles à garder', NEW.requete_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pieces_d_alors AFTER INSERT ON decision_restauration DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.issue = 'ACCEPTEE') EXECUTE FUNCTION registre_exiger_pieces_d_alors();

-- A title of then: two persons agreed on it, the version asked for counted from that date, and so does the demande now.
CREATE FUNCTION registre_exiger_titre_d_alors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_restauration z
    JOIN requete_restauration r ON r.id = z.requete_id AND r.anciennete
    JOIN version v ON v.demande_id = r.demande_id AND v.numero = r.vers
    JOIN demande d ON d.id = z.demande_id AND d.revision = z.revision
        AND coalesce(d.anciennete_heritee, d.date_depot) = NEW.date_depot
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCEPTEE' AND z.survenu_le = NEW.survenu_le
        AND NEW.date_depot = registre_anciennete(NEW.demande_id, v.survenu_le);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : personne n’a accepté de revenir à cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rendu AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'RESTAURATION')
    EXECUTE FUNCTION registre_exiger_titre_d_alors();

-- A request to put a demande back, until it is decided.
CREATE FUNCTION attente_due_restauration(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.id, 'RESTAURATION', 'REPONSES', '', r.auteur, r.survenu_le, NULL::date
    FROM requete_restauration r WHERE r.demande_id = d.id
        AND NOT EXISTS (SELECT FROM decision_restauration x WHERE x.requete_id = r.id)
$$;
