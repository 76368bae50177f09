-- What the database guarantees of the subject « avis », beyond what its models declare.

ALTER TABLE avis_changement ADD CONSTRAINT avis_et_demande UNIQUE (id, demande_id);
ALTER TABLE avis_changement ADD CONSTRAINT avis_changement_empreintes
    CHECK (octet_length(empreinte) = 32 AND octet_length(jeton) = 32);
ALTER TABLE avis_changement ADD CONSTRAINT avis_changement_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE opposition ADD CONSTRAINT opposition_de_son_avis FOREIGN KEY (avis_id, demande_id)
    REFERENCES avis_changement (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE opposition ADD CONSTRAINT opposition_de_son_enquete FOREIGN KEY (enquete_id, demande_id)
    REFERENCES demande_enquetee (enquete_id, demande_id) DEFERRABLE INITIALLY DEFERRED;
CREATE SEQUENCE opposition_numero;
CREATE TRIGGER clos BEFORE UPDATE ON avis_changement
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('porte_le');
CREATE TRIGGER clos BEFORE UPDATE ON opposition
    FOR EACH ROW EXECUTE FUNCTION registre_une_seule_fin('retiree_le');

-- Acts that make a revision and of which the addresses of before are told (sne.registre.handlers).
CREATE FUNCTION registre_verbes_annonces() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT ARRAY['MODIFIER', 'RENOUVELER', 'REACTIVER', 'SEPARER', 'VALIDER_IDENTITE', 'RESTAURER']
$$;

-- Another person comes to hold a demande only by an act that is told to those who held it.
CREATE FUNCTION registre_exiger_annonce() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM version v
    JOIN LATERAL (SELECT identites, contenu FROM version
        WHERE demande_id = v.demande_id AND numero < v.numero ORDER BY numero DESC LIMIT 1) p ON true
    WHERE v.demande_id = NEW.id AND v.numero = NEW.revision
        AND registre_traits_figes(v.identites, v.contenu) <> registre_traits_figes(p.identites, p.contenu);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.id AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND revision = NEW.revision AND verbe = ANY (registre_verbes_annonces());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : la révision % change qui la tient sans que personne soit prévenu', NEW.id,
            NEW.revision USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER annonce AFTER UPDATE ON demande DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.revision <> OLD.revision AND NEW.statut <> 'PURGEE')
    EXECUTE FUNCTION registre_exiger_annonce();

-- An objection, until its enquiry is closed: one line, whoever else objects meanwhile.
CREATE FUNCTION attente_due_opposition(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT ON (o.enquete_id) o.enquete_id, 'OPPOSITION', 'REPONSES', '', NULL::uuid,
        o.survenu_le, o.rappel_avant
    FROM opposition o JOIN dossier_enquete e ON e.id = o.enquete_id
    WHERE o.territoire = d.territoire AND o.demande_id = d.id AND e.clos_le IS NULL
    ORDER BY o.enquete_id, o.inscrit_le, o.id
$$;

-- A notice in somebody's hands.
CREATE FUNCTION attente_due_avis_a_porter(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT v.id, 'AVIS_A_PORTER', 'REPONSES', '', NULL::uuid, v.survenu_le, NULL::date
    FROM avis_changement v WHERE v.territoire = d.territoire AND v.demande_id = d.id
        AND v.raison <> '' AND v.porte_le IS NULL
$$;
