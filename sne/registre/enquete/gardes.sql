-- What the database guarantees of the subject « enquete », beyond what its models declare.

ALTER TABLE gel ADD CONSTRAINT gel_de_son_enquete FOREIGN KEY (enquete_id, demande_id)
    REFERENCES demande_enquetee (enquete_id, demande_id) DEFERRABLE INITIALLY DEFERRED;

-- Whether this transaction erases a demande that this enquiry is about.
CREATE FUNCTION purge_couvre_enquete(p_enquete uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() p JOIN demande_enquetee x ON x.demande_id = p.demande_id
        WHERE x.enquete_id = p_enquete)
$$;

-- A freeze ends by the answer that somebody else gave to the person who asked, at that instant.
CREATE FUNCTION registre_exiger_levee() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM levee_gel
    WHERE gel_id = NEW.id AND decision = 'ACCEPTEE' AND clos_le = NEW.leve_le;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'gel % : personne n’a accepté de le lever', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Whether a freeze holds this demande.
CREATE FUNCTION registre_est_figee(demande uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM gel WHERE demande_id = demande AND leve_le IS NULL)
$$;

-- What a version says of who holds the file and how they are reached.
CREATE FUNCTION registre_traits_figes(identites uuid[], contenu jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_array(to_jsonb(identites), contenu -> 'titulaire', contenu #> '{demandeur,contact}',
        contenu #> '{demandeur,adresse_courrier}', jsonb_path_query_array(contenu, '$.cotitulaires[*].personne'),
        jsonb_path_query_array(contenu, '$.cotitulaires[*].contact'), contenu -> 'association',
        contenu -> 'accompagnant')
$$;

-- The last word on a frozen file, whatever door the change comes through.
CREATE FUNCTION registre_garder_fige() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := CASE WHEN tg_table_name = 'demande' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'demande_id'
    END;
BEGIN
    IF NOT registre_est_figee(cible) THEN
        RETURN NEW;
    END IF;
    IF tg_table_name = 'version' THEN
        PERFORM 1 FROM version v
        WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.numero - 1
            AND registre_traits_figes(v.identites, v.contenu) = registre_traits_figes(NEW.identites, NEW.contenu);
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'demande % : dossier figé (% sur %)', cible, tg_op, tg_table_name
        USING errcode = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON version FOR EACH ROW WHEN (NEW.numero > 1)
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON identite FOR EACH ROW WHEN (NEW.voie <> 'DEPOT')
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE UPDATE ON personne FOR EACH ROW
    WHEN ((NEW.courriel, NEW.telephone, NEW.identite_courante_id, NEW.retire_le)
        IS DISTINCT FROM (OLD.courriel, OLD.telephone, OLD.identite_courante_id, OLD.retire_le))
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER fige_par_un_gel BEFORE UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND NEW.statut <> 'ACTIVE')
    EXECUTE FUNCTION registre_garder_fige();
CREATE TRIGGER clos BEFORE UPDATE ON dossier_enquete FOR EACH ROW WHEN (NOT purge_couvre_enquete(OLD.id))
    EXECUTE FUNCTION registre_une_seule_fin('clos_le');
CREATE TRIGGER clos BEFORE UPDATE ON levee_gel
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('clos_le');
CREATE TRIGGER clos BEFORE UPDATE ON gel FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('leve_le');
CREATE CONSTRAINT TRIGGER acceptee AFTER UPDATE ON gel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_levee();

-- A request to end a freeze; a demande put back has no freeze to end.
CREATE FUNCTION attente_due_levee_gel(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT l.id, 'LEVEE_GEL', 'REPONSES', '', l.auteur, l.demandee_le, NULL::date
    FROM gel g JOIN levee_gel l ON l.gel_id = g.id
    WHERE g.demande_id = d.id AND g.leve_le IS NULL AND l.clos_le IS NULL
$$;

-- An enquiry on a past identity met again, until it is closed.
CREATE FUNCTION attente_due_ancienne_identite(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT e.id, 'ANCIENNE_IDENTITE', 'REPONSES',
        coalesce(nullif(e.ouvert_par ->> 'guichet', ''), d.guichet_gestionnaire), e.auteur, e.ouvert_le, NULL::date
    FROM demande_enquetee x JOIN dossier_enquete e ON e.id = x.enquete_id
    WHERE x.demande_id = d.id AND x.principale AND e.clos_le IS NULL
        AND e.origine IN ('ANCIENNE_IDENTITE', 'CONNEXION', 'VICTIME_POSSIBLE')
$$;
