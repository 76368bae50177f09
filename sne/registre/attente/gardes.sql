-- What the database guarantees of the subject « attente », beyond what its models declare.

ALTER TABLE attente ADD CONSTRAINT attente_demande FOREIGN KEY (demande_id) REFERENCES demande (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- Nothing is opened for a demande that the register does not hold; one that is struck off keeps its line, closed.
CREATE FUNCTION attente_ouvrir(objet uuid, quoi text, dans text, cible uuid, ou text, qui uuid, le timestamptz, limite date)
RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, auteur, depuis, avant, ouverte)
    SELECT objet, d.territoire, quoi, dans, d.id, coalesce(ou, d.guichet_gestionnaire), qui, le, limite,
        d.statut NOT IN ('RADIEE', 'PURGEE')
    FROM demande d WHERE d.id = cible
    ON CONFLICT (id) DO NOTHING
$$;
REVOKE EXECUTE ON FUNCTION attente_ouvrir FROM PUBLIC;

-- An identity in control waits for a decision.
CREATE FUNCTION attente_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'IDENTITE', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;

-- An identity that was decided waits no more.
CREATE FUNCTION attente_decision_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.identite_id;
    DELETE FROM attente a USING echange_identite e
    WHERE a.id = e.id AND e.identite_id = NEW.identite_id AND e.nature = 'QUESTION';
    RETURN NULL;
END $$;

-- A request for an earlier date waits for an answer.
CREATE FUNCTION attente_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'ANTERIORITE', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le,
        NULL);
    RETURN NULL;
END $$;

-- A case of double waits for its end.
CREATE FUNCTION attente_cas() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.clos_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'DOUBLON', 'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.ouvert_le,
            NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

-- The household answered when somebody met it, when it came or refused, or when its file was changed since.
CREATE FUNCTION attente_evenement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id;
    IF NEW.retrait THEN
        RETURN NULL;
    END IF;
    IF NEW.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR') THEN
        DELETE FROM attente WHERE demande_id = NEW.demande_id
            AND (nature = 'REPONSE_MENAGE' OR nature = 'PIECES' AND attente_est_libre(id));
    ELSIF NEW.type = 'DEMANDE_PJ' OR NEW.caracteristiques ? 'reponse_avant' THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.type WHEN 'DEMANDE_PJ' THEN 'PIECES' ELSE 'REPONSE_MENAGE' END,
            'REPONSES', NEW.demande_id, NEW.guichet, NEW.auteur, NEW.survenu_le,
            (NEW.caracteristiques ->> 'reponse_avant')::date);
    END IF;
    RETURN NULL;
END $$;

-- What waits follows the counter that manages the demande.
CREATE FUNCTION attente_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature = 'PIECES' AND attente_est_libre(id);
    RETURN NULL;
END $$;

-- A decision or an allocation answers what the household was asked.
CREATE FUNCTION attente_decidee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE demande_id = NEW.demande_id AND nature = 'REPONSE_MENAGE';
    RETURN NULL;
END $$;

-- A mark has no instant of its own: that of the transaction which wrote it.
CREATE FUNCTION attente_courriel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.courriel_etat = 'INVALIDE' AND NEW.retire_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'COURRIEL_INVALIDE', 'COURRIERS', NEW.demande_id, NULL, NULL, now(), NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

-- Refused, unless another message was made in its place; over when a later one leaves.
CREATE FUNCTION attente_message() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.etat = 'REJETE' AND NOT EXISTS (SELECT FROM message r WHERE r.remplace_id = NEW.id) THEN
        PERFORM attente_ouvrir(NEW.id, CASE NEW.canal WHEN 'LETTRE' THEN 'LETTRE_REFUSEE' ELSE 'MESSAGE_REFUSE' END,
            'COURRIERS', NEW.demande, NULL, NULL, NEW.survenu_le, NULL);
    ELSIF NEW.etat IN ('ENVOYE', 'DELIVRE') THEN
        DELETE FROM attente WHERE demande_id = NEW.demande AND depuis <= NEW.survenu_le
            AND nature IN ('MESSAGE_REFUSE', 'LETTRE_REFUSEE');
    END IF;
    RETURN NULL;
END $$;

-- A message sent again replaces the one that was refused.
CREATE FUNCTION attente_remplacement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id;
    RETURN NULL;
END $$;

-- What waits of a demande that ends waits no more; it comes back with it.
CREATE FUNCTION attente_statut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE attente SET ouverte = NEW.statut NOT IN ('RADIEE', 'PURGEE') WHERE demande_id = NEW.id;
    RETURN NULL;
END $$;

-- What is erased is not waited for any more.
CREATE FUNCTION attente_effacee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente_effacee AFTER DELETE ON cas_doublon
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_effacee AFTER DELETE ON evenement
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_effacee AFTER DELETE ON identite
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_effacee AFTER DELETE ON message
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_effacee AFTER DELETE ON personne
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_effacee AFTER DELETE ON requete_anteriorite
    FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente AFTER INSERT ON identite FOR EACH ROW WHEN (NEW.voie = 'CONTROLE')
    EXECUTE FUNCTION attente_identite();
CREATE TRIGGER attente AFTER INSERT ON decision_identite FOR EACH ROW EXECUTE FUNCTION attente_decision_identite();
CREATE TRIGGER attente AFTER INSERT ON requete_anteriorite FOR EACH ROW EXECUTE FUNCTION attente_anteriorite();
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF clos_le ON cas_doublon FOR EACH ROW EXECUTE FUNCTION attente_cas();
CREATE TRIGGER attente AFTER INSERT ON evenement FOR EACH ROW EXECUTE FUNCTION attente_evenement();
CREATE TRIGGER attente AFTER INSERT ON version FOR EACH ROW
    WHEN (NEW.numero > 1 AND NEW.auteur <> '00000000-0000-7000-8000-000000000001')
    EXECUTE FUNCTION attente_version();
CREATE TRIGGER attente AFTER INSERT ON decision_caleol FOR EACH ROW EXECUTE FUNCTION attente_decidee();
CREATE TRIGGER attente AFTER INSERT ON attribution FOR EACH ROW EXECUTE FUNCTION attente_decidee();
CREATE TRIGGER attente AFTER UPDATE OF courriel_etat, retire_le ON personne FOR EACH ROW
    WHEN (NEW.courriel_etat IS DISTINCT FROM OLD.courriel_etat OR NEW.retire_le IS DISTINCT FROM OLD.retire_le)
    EXECUTE FUNCTION attente_courriel();
CREATE TRIGGER attente AFTER UPDATE OF etat ON message FOR EACH ROW WHEN (NEW.etat IS DISTINCT FROM OLD.etat)
    EXECUTE FUNCTION attente_message();
CREATE TRIGGER attente_remplacement AFTER INSERT ON message FOR EACH ROW WHEN (NEW.remplace_id IS NOT NULL)
    EXECUTE FUNCTION attente_remplacement();
CREATE TRIGGER attente AFTER UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND (NEW.statut IN ('RADIEE', 'PURGEE') OR OLD.statut IN ('RADIEE', 'PURGEE')))
    EXECUTE FUNCTION attente_statut();

-- The work list of answers awaited: from the enquiry now, under its own identifier.
CREATE FUNCTION attente_enquete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(e.id, 'ANCIENNE_IDENTITE', 'REPONSES', NEW.demande_id, nullif(e.ouvert_par ->> 'guichet', ''),
        e.auteur, e.ouvert_le, NULL)
    FROM dossier_enquete e
    WHERE e.id = NEW.enquete_id AND e.origine IN ('ANCIENNE_IDENTITE', 'CONNEXION', 'VICTIME_POSSIBLE');
    RETURN NULL;
END $$;

-- A closed enquiry is not waited for.
CREATE FUNCTION attente_enquete_close() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON demande_enquetee FOR EACH ROW WHEN (NEW.principale)
    EXECUTE FUNCTION attente_enquete();
CREATE TRIGGER attente AFTER UPDATE OF clos_le ON dossier_enquete FOR EACH ROW
    EXECUTE FUNCTION attente_enquete_close();

-- A separation waits to be examined.
CREATE FUNCTION attente_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'SEPARATION', 'REPONSES', NEW.nouvelle_id,
        CASE WHEN NEW.secrete THEN '' ELSE NEW.guichet END, NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;

-- A separation that was examined waits no more.
CREATE FUNCTION attente_decision_separation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.separation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON separation FOR EACH ROW EXECUTE FUNCTION attente_separation();
CREATE TRIGGER attente AFTER INSERT ON decision_separation FOR EACH ROW
    EXECUTE FUNCTION attente_decision_separation();
CREATE TRIGGER attente_effacee AFTER DELETE ON separation FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- Answered, it waits no more.
CREATE FUNCTION attente_decision_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.requete_id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON decision_anteriorite FOR EACH ROW
    EXECUTE FUNCTION attente_decision_anteriorite();

-- A set has one line, on the first of its demandes that is under way: it moves on when that one ends.
CREATE FUNCTION attente_ensemble_placer(ensemble uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM attente WHERE id = ensemble;
    SELECT attente_ouvrir(e.id, 'ENSEMBLE_DOUBLON', 'REPONSES', m.demande_id, '', NULL, e.ouvert_le, NULL)
    FROM ensemble_doublon e JOIN ensemble_membre m ON m.ensemble_id = e.id JOIN demande d ON d.id = m.demande_id
    WHERE e.id = ensemble AND e.clos_le IS NULL AND d.statut IN ('ACTIVE', 'EXPIREE')
    ORDER BY m.id LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION attente_ensemble_placer FROM PUBLIC;

-- A set waits where its demandes are.
CREATE FUNCTION attente_membre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ensemble_placer(NEW.ensemble_id);
    RETURN NULL;
END $$;

-- A set of close demandes waits for its end.
CREATE FUNCTION attente_ensemble() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ensemble_placer(NEW.id);
    RETURN NULL;
END $$;

-- A demande that ends leaves the set that waited for it.
CREATE FUNCTION attente_membre_statut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ensemble_placer(m.ensemble_id) FROM ensemble_membre m
    JOIN ensemble_doublon e ON e.id = m.ensemble_id AND e.clos_le IS NULL WHERE m.demande_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON ensemble_membre FOR EACH ROW EXECUTE FUNCTION attente_membre();
CREATE TRIGGER attente AFTER UPDATE OF clos_le ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION attente_ensemble();
CREATE TRIGGER attente_effacee AFTER DELETE ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION attente_effacee();
CREATE TRIGGER attente_membre AFTER UPDATE OF statut ON demande FOR EACH ROW
    WHEN (NEW.statut <> OLD.statut AND (NEW.statut IN ('ACTIVE', 'EXPIREE')) <> (OLD.statut IN ('ACTIVE', 'EXPIREE')))
    EXECUTE FUNCTION attente_membre_statut();

-- A request to lift a freeze waits for its answer.
CREATE FUNCTION attente_levee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.decidee_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'LEVEE_GEL', 'REPONSES', g.demande_id, '', NEW.auteur, NEW.demandee_le, NULL)
        FROM gel g WHERE g.id = NEW.gel_id;
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF decidee_le ON levee_gel FOR EACH ROW EXECUTE FUNCTION attente_levee();
CREATE TRIGGER attente_effacee AFTER DELETE ON levee_gel FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- The oldest document in force of a demande that nobody has qualified; nothing once each was.
CREATE FUNCTION attente_placer_piece(cible uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM attente WHERE demande_id = cible AND nature = 'PIECE_A_VERIFIER';
    SELECT attente_ouvrir(p.id, 'PIECE_A_VERIFIER', 'PIECES', cible, NULL, p.auteur, p.survenu_le, NULL)
    FROM demande d JOIN version v ON v.id = d.version_courante_id JOIN piece p ON p.id = ANY (v.pieces)
    WHERE d.id = cible AND p.document IS NOT NULL
        AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.piece_id = p.id AND q.territoire = p.territoire
            AND q.demande_id = cible)
    ORDER BY p.survenu_le, p.id LIMIT 1
$$;
REVOKE EXECUTE ON FUNCTION attente_placer_piece FROM PUBLIC;

-- A document that comes has to be looked at.
CREATE FUNCTION attente_piece() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.remplace_id AND nature = 'PIECE_PERIMEE';
    IF NEW.remplace_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM attente WHERE demande_id = NEW.demande_id AND nature = 'PIECE_A_VERIFIER')
    THEN
        PERFORM attente_placer_piece(NEW.demande_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON piece FOR EACH ROW EXECUTE FUNCTION attente_piece();

-- A document that was qualified waits no more.
CREATE FUNCTION attente_qualification_piece() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.qualification <> 'VALIDE' THEN
        DELETE FROM attente WHERE id = NEW.piece_id AND nature = 'PIECE_PERIMEE';
    END IF;
    PERFORM attente_placer_piece(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON qualification_piece FOR EACH ROW EXECUTE FUNCTION attente_qualification_piece();

-- Documents of somebody who leaves are not waited for.
CREATE FUNCTION attente_piece_de_qui_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente a USING piece p
    WHERE a.id = p.id AND a.nature = 'PIECE_PERIMEE' AND p.demande_id = NEW.demande_id
        AND p.personne_id = NEW.personne_id;
    PERFORM attente_placer_piece(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente_pieces AFTER INSERT ON separation FOR EACH ROW EXECUTE FUNCTION attente_piece_de_qui_part();

-- The lines of a demande whose every document asked was handed in or seen since, or is of somebody who left.
CREATE FUNCTION attente_fermer_pieces(cible uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM attente a USING evenement e
    WHERE a.demande_id = cible AND a.nature = 'PIECES' AND e.id = a.id
        AND jsonb_typeof(e.caracteristiques -> 'pieces') = 'array'
        AND NOT EXISTS (
            SELECT FROM jsonb_array_elements(e.caracteristiques -> 'pieces') x
            WHERE NOT EXISTS (SELECT FROM personne q WHERE q.id = (x ->> 'personne')::uuid AND q.retire_le IS NOT NULL)
                AND NOT EXISTS (SELECT FROM piece p WHERE p.territoire = e.territoire AND p.demande_id = cible
                    AND p.survenu_le > e.survenu_le AND x -> 'types' ? p.type_piece
                    AND p.annee IS NOT DISTINCT FROM (x ->> 'annee')::smallint
                    AND (p.personne_id IS NULL AND p.membre = ''
                        OR p.personne_id IS NOT DISTINCT FROM (x ->> 'personne')::uuid AND p.membre = x ->> 'membre')))
$$;
REVOKE EXECUTE ON FUNCTION attente_fermer_pieces FROM PUBLIC;

-- A document that comes answers the one that was asked.
CREATE FUNCTION attente_piece_demandee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_fermer_pieces(NEW.demande_id);
    RETURN NULL;
END $$;
CREATE TRIGGER attente_demandee AFTER INSERT ON piece FOR EACH ROW EXECUTE FUNCTION attente_piece_demandee();
CREATE TRIGGER attente_demandee AFTER UPDATE OF retire_le ON personne FOR EACH ROW
    WHEN (NEW.retire_le IS NOT NULL AND OLD.retire_le IS NULL) EXECUTE FUNCTION attente_piece_demandee();

-- A request in free text, of before, ends as it did: with whatever the household said or changed. One that names its
-- documents waits for them.
CREATE FUNCTION attente_est_libre(objet uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT NOT EXISTS (SELECT FROM evenement e
        WHERE e.id = objet AND jsonb_typeof(e.caracteristiques -> 'pieces') = 'array')
$$;
REVOKE EXECUTE ON FUNCTION attente_est_libre FROM PUBLIC;

-- A request to put back waits for its answer.
CREATE FUNCTION attente_requete_restauration() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.id, 'RESTAURATION', 'REPONSES', NEW.demande_id, '', NEW.auteur, NEW.survenu_le, NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON requete_restauration FOR EACH ROW
    EXECUTE FUNCTION attente_requete_restauration();
CREATE TRIGGER attente_effacee AFTER DELETE ON requete_restauration FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- Answered, it waits no more; put back, a demande has other documents in force, and nobody else's freeze to end.
CREATE FUNCTION attente_decision_restauration() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.requete_id;
    IF NEW.issue = 'ACCEPTEE' THEN
        DELETE FROM attente a WHERE a.demande_id = NEW.demande_id AND a.nature = 'PIECE_PERIMEE'
            AND NOT EXISTS (SELECT FROM demande d JOIN version v ON v.id = d.version_courante_id
                WHERE d.id = NEW.demande_id AND a.id = ANY (v.pieces));
        DELETE FROM attente a USING levee_gel l JOIN gel g ON g.id = l.gel_id
        WHERE a.id = l.id AND g.demande_id = NEW.demande_id AND g.leve_le IS NOT NULL;
        PERFORM attente_placer_piece(NEW.demande_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON decision_restauration FOR EACH ROW
    EXECUTE FUNCTION attente_decision_restauration();

-- A notice in somebody's hands waits to be carried.
CREATE FUNCTION attente_avis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.porte_le IS NULL THEN
        PERFORM attente_ouvrir(NEW.id, 'AVIS_A_PORTER', 'REPONSES', NEW.demande_id, '', NULL, NEW.survenu_le, NULL);
    ELSE
        DELETE FROM attente WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT OR UPDATE OF porte_le ON avis_changement FOR EACH ROW WHEN (NEW.raison <> '')
    EXECUTE FUNCTION attente_avis();
CREATE TRIGGER attente_effacee AFTER DELETE ON avis_changement FOR EACH ROW EXECUTE FUNCTION attente_effacee();

-- One line for each enquiry, whoever else objects meanwhile; it ends with the enquiry.
CREATE FUNCTION attente_opposition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM attente_ouvrir(NEW.enquete_id, 'OPPOSITION', 'REPONSES', NEW.demande_id, '', NULL, NEW.survenu_le,
        NEW.rappel_avant);
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON opposition FOR EACH ROW EXECUTE FUNCTION attente_opposition();

-- A question waits in the list of the counter that typed the change, until it answers or the change is decided.
CREATE FUNCTION attente_echange_identite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.nature = 'QUESTION' THEN
        PERFORM attente_ouvrir(NEW.id, 'QUESTION_IDENTITE', 'REPONSES', NEW.demande_id, i.guichet, NEW.auteur,
            NEW.survenu_le, NULL)
        FROM identite i WHERE i.id = NEW.identite_id;
    ELSIF NEW.nature = 'REPONSE' THEN
        DELETE FROM attente a USING echange_identite e
        WHERE a.id = e.id AND e.identite_id = NEW.identite_id AND e.nature = 'QUESTION';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON echange_identite FOR EACH ROW EXECUTE FUNCTION attente_echange_identite();
CREATE TRIGGER attente_effacee AFTER DELETE ON echange_identite FOR EACH ROW EXECUTE FUNCTION attente_effacee();
