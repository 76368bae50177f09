-- What the database guarantees of the subject « pieces », beyond what its models declare.

-- A document is of its demande, of a person of it, and takes the place of one of it, from a revision that was.
ALTER TABLE piece ADD CONSTRAINT piece_et_demande UNIQUE (id, demande_id);
ALTER TABLE piece ADD CONSTRAINT piece_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE piece ADD CONSTRAINT piece_d_une_personne_du_dossier FOREIGN KEY (personne_id, demande_id)
    REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_de_son_dossier FOREIGN KEY (remplace_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE piece ADD CONSTRAINT piece_d_un_fichier_du_territoire FOREIGN KEY (document, territoire)
    REFERENCES document (id, territoire) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE qualification_piece ADD CONSTRAINT qualification_de_son_dossier FOREIGN KEY (piece_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE qualification_piece ADD CONSTRAINT qualification_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE explication_piece ADD CONSTRAINT explication_de_son_dossier FOREIGN KEY (piece_id, demande_id)
    REFERENCES piece (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE explication_piece ADD CONSTRAINT explication_de_sa_version FOREIGN KEY (demande_id, revision)
    REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- A document takes the place of one in force until then: once, unless that one was put back since.
CREATE FUNCTION registre_exiger_piece_en_vigueur() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM version v JOIN demande d ON d.id = v.demande_id
    WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.revision AND NEW.id = ANY (v.pieces)
        AND (NEW.remplace_id IS NULL OR NOT NEW.remplace_id = ANY (v.pieces)
            AND EXISTS (SELECT FROM version a WHERE a.demande_id = v.demande_id AND a.numero = v.numero - 1
                AND NEW.remplace_id = ANY (a.pieces)))
        AND d.territoire = NEW.territoire;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pièce % : la version % ne la nomme pas, ou elle est d’un autre territoire', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- A version that puts a demande back may leave aside what was added since; no other may.
CREATE FUNCTION registre_garder_pieces() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(NEW.pieces) p
            WHERE NOT EXISTS (SELECT FROM piece x WHERE x.id = p AND x.demande_id = NEW.demande_id))
        OR NEW.statut <> 'PURGEE' AND NOT registre_est_retablie(NEW.demande_id, NEW.numero) AND EXISTS (
            SELECT FROM version v CROSS JOIN LATERAL unnest(v.pieces) p
            WHERE v.demande_id = NEW.demande_id AND v.numero = NEW.numero - 1 AND NOT p = ANY (NEW.pieces)
                AND NOT EXISTS (SELECT FROM piece r WHERE r.remplace_id = p AND r.id = ANY (NEW.pieces))
                AND NOT EXISTS (SELECT FROM piece x JOIN personne q ON q.id = x.personne_id
                    WHERE x.id = p AND q.retire_le IS NOT NULL))
    THEN
        RAISE EXCEPTION 'version % de la demande % : ses pièces ne suivent pas celles d’avant', NEW.numero, NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pieces AFTER INSERT ON version DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.numero > 1 OR NEW.pieces <> '{}') EXECUTE FUNCTION registre_garder_pieces();

-- What is in a frozen file is evidence: something may be added, nothing takes the place of anything.
CREATE FUNCTION registre_garder_piece_figee() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF registre_est_figee(NEW.demande_id) THEN
        RAISE EXCEPTION 'demande % : dossier figé, aucune pièce n’y est remplacée', NEW.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige_par_un_gel BEFORE INSERT ON piece FOR EACH ROW WHEN (NEW.remplace_id IS NOT NULL)
    EXECUTE FUNCTION registre_garder_piece_figee();
CREATE CONSTRAINT TRIGGER en_vigueur AFTER INSERT ON piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_piece_en_vigueur();

-- At commit: the file of a document erased is erased with it, unless another demande holds it.
CREATE FUNCTION registre_exiger_fichier_efface() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM document x WHERE x.id = OLD.document AND x.etat <> 'EFFACE')
        AND NOT EXISTS (SELECT FROM piece p WHERE p.document = OLD.document)
    THEN
        RAISE EXCEPTION 'pièce % : elle est effacée, et son fichier reste', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER fichier_efface AFTER DELETE ON piece DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.document IS NOT NULL) EXECUTE FUNCTION registre_exiger_fichier_efface();

-- Whether nobody set a document aside, or took that back since.
CREATE FUNCTION piece_vaut(p piece) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT q.qualification FROM qualification_piece q WHERE q.territoire = p.territoire
        AND q.demande_id = p.demande_id AND q.piece_id = p.id ORDER BY q.survenu_le DESC, q.id DESC LIMIT 1),
        'VALIDE') = 'VALIDE'
$$;

-- Documents of a territory whose last day is between two days: in force, not set aside, of a demande under way. The
-- instant of the pass is the line's: it is then that somebody has to look. Returns how many lines are new.
CREATE FUNCTION registre_guetter_pieces(p_territoire text, p_de date, p_a date, p_survenu_le timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    n integer;
BEGIN
    INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, auteur, depuis, avant, ouverte)
    SELECT p.id, p.territoire, 'PIECE_PERIMEE', 'PIECES', d.id, d.guichet_gestionnaire, NULL, p_survenu_le,
        p.validite_fin, true
    FROM piece p JOIN demande d ON d.id = p.demande_id JOIN version v ON v.id = d.version_courante_id
    WHERE p.territoire = p_territoire AND p.validite_fin BETWEEN p_de AND p_a
        AND d.statut IN ('ACTIVE', 'EXPIREE') AND p.id = ANY (v.pieces) AND piece_vaut(p)
    ON CONFLICT (id) DO NOTHING;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
REVOKE EXECUTE ON FUNCTION registre_guetter_pieces FROM PUBLIC;

-- Documents asked of the household: each of them handed in or seen since, or of somebody who left. A request in free
-- text, of before, ends with whatever the household said or changed.
CREATE FUNCTION attente_due_pieces(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT e.id, 'PIECES', 'REPONSES', e.guichet::text, e.auteur, e.survenu_le,
        (e.caracteristiques ->> 'reponse_avant')::date
    FROM evenement e WHERE e.territoire = d.territoire AND e.demande_id = d.id AND e.type = 'DEMANDE_PJ'
        AND NOT e.retrait AND NOT EXISTS (SELECT FROM evenement r WHERE r.remplace_id = e.id)
        AND CASE WHEN jsonb_typeof(e.caracteristiques -> 'pieces') = 'array'
            THEN EXISTS (SELECT FROM jsonb_array_elements(e.caracteristiques -> 'pieces') x
                WHERE NOT EXISTS (SELECT FROM personne q
                        WHERE q.id = (x ->> 'personne')::uuid AND q.retire_le IS NOT NULL)
                    AND NOT EXISTS (SELECT FROM piece p WHERE p.territoire = d.territoire AND p.demande_id = d.id
                        AND p.survenu_le > e.survenu_le AND x -> 'types' ? p.type_piece
                        AND p.annee IS NOT DISTINCT FROM (x ->> 'annee')::smallint
                        AND (p.personne_id IS NULL AND p.membre = ''
                            OR p.personne_id IS NOT DISTINCT FROM (x ->> 'personne')::uuid
                                AND p.membre = x ->> 'membre')))
            ELSE NOT attente_est_repondue(e) AND NOT EXISTS (SELECT FROM version v WHERE v.demande_id = d.id
                AND v.numero > 1 AND v.inscrit_le > e.inscrit_le
                AND v.auteur <> '00000000-0000-7000-8000-000000000001')
            END
$$;

-- The oldest document in force that nobody has qualified, unless its end is waited for under the same identifier.
CREATE FUNCTION attente_due_piece_a_verifier(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT p.id, 'PIECE_A_VERIFIER', 'PIECES', d.guichet_gestionnaire::text, p.auteur, p.survenu_le,
        NULL::date
    FROM (SELECT p.id, p.auteur, p.survenu_le
        FROM version v JOIN piece p ON p.id = ANY (v.pieces)
        WHERE v.id = d.version_courante_id AND p.document IS NOT NULL
            AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.territoire = p.territoire
                AND q.demande_id = d.id AND q.piece_id = p.id)
        ORDER BY p.survenu_le, p.id LIMIT 1) p
    WHERE NOT EXISTS (SELECT FROM attente a WHERE a.id = p.id AND a.nature = 'PIECE_PERIMEE')
$$;

-- A document that ends, in force and not set aside: opened by the passing of days (``registre_guetter_pieces``), it is
-- due for as long as it still holds.
CREATE FUNCTION attente_due_piece_perimee(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT a.id, 'PIECE_PERIMEE', 'PIECES', a.guichet::text, a.auteur, a.depuis, p.validite_fin
    FROM attente a JOIN piece p ON p.id = a.id JOIN version v ON v.id = d.version_courante_id
    WHERE a.demande_id = d.id AND a.nature = 'PIECE_PERIMEE' AND p.id = ANY (v.pieces)
        AND piece_vaut(p)
$$;
