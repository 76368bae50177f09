-- What the database guarantees of the subject « attente », beyond what its models declare.

ALTER TABLE attente ADD CONSTRAINT attente_demande FOREIGN KEY (demande_id) REFERENCES demande (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- What waits for somebody on one demande, among these natures: read in the rows of each subject, and nowhere else.
-- « Later » is the database's clock. A mark on an address has no instant of its own: no ``depuis``. A line of the end of
-- a document is opened by the passing of days (``registre_guetter_pieces``): it is due for as long as it still holds.
CREATE FUNCTION attente_due(cible uuid, natures text[])
RETURNS TABLE (id uuid, nature text, liste text, guichet text, auteur uuid, depuis timestamptz, avant date)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    d demande;
BEGIN
    SELECT x.* INTO d FROM demande x WHERE x.id = cible;
    -- A change of identity waits for its decision; a question about it, for an answer or for that decision.
    IF 'IDENTITE' = ANY (natures) THEN
        RETURN QUERY SELECT i.id, 'IDENTITE', 'REPONSES', i.guichet::text, i.auteur, i.survenu_le, NULL::date
        FROM identite i WHERE i.demande_id = cible AND i.voie = 'CONTROLE'
            AND NOT EXISTS (SELECT FROM decision_identite x WHERE x.identite_id = i.id);
    END IF;
    IF 'QUESTION_IDENTITE' = ANY (natures) THEN
        RETURN QUERY SELECT q.id, 'QUESTION_IDENTITE', 'REPONSES', i.guichet::text, q.auteur, q.survenu_le, NULL::date
        FROM identite i JOIN echange_identite q ON q.territoire = i.territoire AND q.identite_id = i.id
        WHERE i.demande_id = cible AND i.voie = 'CONTROLE' AND q.nature = 'QUESTION'
            AND NOT EXISTS (SELECT FROM decision_identite x WHERE x.identite_id = i.id)
            AND NOT EXISTS (SELECT FROM echange_identite r WHERE r.territoire = q.territoire
                AND r.identite_id = q.identite_id AND r.nature = 'REPONSE' AND r.inscrit_le > q.inscrit_le);
    END IF;
    -- Requests, until they are answered.
    IF 'ANTERIORITE' = ANY (natures) THEN
        RETURN QUERY SELECT r.id, 'ANTERIORITE', 'REPONSES', r.guichet::text, r.auteur, r.survenu_le, NULL::date
        FROM requete_anteriorite r WHERE r.demande_id = cible
            AND NOT EXISTS (SELECT FROM decision_anteriorite x WHERE x.requete_id = r.id);
    END IF;
    IF 'RESTAURATION' = ANY (natures) THEN
        RETURN QUERY SELECT r.id, 'RESTAURATION', 'REPONSES', '', r.auteur, r.survenu_le, NULL::date
        FROM requete_restauration r WHERE r.demande_id = cible
            AND NOT EXISTS (SELECT FROM decision_restauration x WHERE x.requete_id = r.id);
    END IF;
    IF 'LEVEE_GEL' = ANY (natures) THEN  -- a demande put back has no freeze to end
        RETURN QUERY SELECT l.id, 'LEVEE_GEL', 'REPONSES', '', l.auteur, l.demandee_le, NULL::date
        FROM gel g JOIN levee_gel l ON l.gel_id = g.id
        WHERE g.demande_id = cible AND g.leve_le IS NULL AND l.clos_le IS NULL;
    END IF;
    -- A separation is examined on the demande of who left; the counter is told nothing of a secret one.
    IF 'SEPARATION' = ANY (natures) THEN
        RETURN QUERY SELECT s.id, 'SEPARATION', 'REPONSES', CASE WHEN s.secrete THEN '' ELSE s.guichet::text END,
            s.auteur, s.survenu_le, NULL::date
        FROM separation s WHERE s.nouvelle_id = cible
            AND NOT EXISTS (SELECT FROM decision_separation x WHERE x.separation_id = s.id);
    END IF;
    -- Doubles: a question of a counter; a set of close demandes, which has one line, on the first that is under way.
    IF 'DOUBLON' = ANY (natures) THEN
        RETURN QUERY SELECT c.id, 'DOUBLON', 'REPONSES', c.guichet::text, c.auteur, c.ouvert_le, NULL::date
        FROM cas_doublon c WHERE c.demande_id = cible AND c.clos_le IS NULL;
    END IF;
    IF 'ENSEMBLE_DOUBLON' = ANY (natures) THEN
        RETURN QUERY SELECT e.id, 'ENSEMBLE_DOUBLON', 'REPONSES', '', NULL::uuid, e.ouvert_le, NULL::date
        FROM ensemble_membre s JOIN ensemble_doublon e ON e.id = s.ensemble_id
        WHERE s.demande_id = cible AND e.clos_le IS NULL
            AND s.id = (SELECT m.id FROM ensemble_membre m JOIN demande x ON x.id = m.demande_id
                WHERE m.ensemble_id = e.id AND x.statut IN ('ACTIVE', 'EXPIREE') ORDER BY m.id LIMIT 1);
    END IF;
    -- Enquiries, until they are closed: a past identity met again; an objection, one line whoever else objects meanwhile.
    IF 'ANCIENNE_IDENTITE' = ANY (natures) THEN
        RETURN QUERY SELECT e.id, 'ANCIENNE_IDENTITE', 'REPONSES',
            coalesce(nullif(e.ouvert_par ->> 'guichet', ''), d.guichet_gestionnaire), e.auteur, e.ouvert_le, NULL::date
        FROM demande_enquetee x JOIN dossier_enquete e ON e.id = x.enquete_id
        WHERE x.demande_id = cible AND x.principale AND e.clos_le IS NULL
            AND e.origine IN ('ANCIENNE_IDENTITE', 'CONNEXION', 'VICTIME_POSSIBLE');
    END IF;
    IF 'OPPOSITION' = ANY (natures) THEN
        RETURN QUERY SELECT DISTINCT ON (o.enquete_id) o.enquete_id, 'OPPOSITION', 'REPONSES', '', NULL::uuid,
            o.survenu_le, o.rappel_avant
        FROM opposition o JOIN dossier_enquete e ON e.id = o.enquete_id
        WHERE o.territoire = d.territoire AND o.demande_id = cible AND e.clos_le IS NULL
        ORDER BY o.enquete_id, o.inscrit_le, o.id;
    END IF;
    IF 'AVIS_A_PORTER' = ANY (natures) THEN  -- a notice in somebody's hands
        RETURN QUERY SELECT v.id, 'AVIS_A_PORTER', 'REPONSES', '', NULL::uuid, v.survenu_le, NULL::date
        FROM avis_changement v WHERE v.territoire = d.territoire AND v.demande_id = cible
            AND v.raison <> '' AND v.porte_le IS NULL;
    END IF;
    -- Documents asked of the household: each of them handed in or seen since, or of somebody who left. A request in free
    -- text, of before, ends with whatever the household said or changed.
    IF 'PIECES' = ANY (natures) THEN
        RETURN QUERY SELECT e.id, 'PIECES', 'REPONSES', e.guichet::text, e.auteur, e.survenu_le,
            (e.caracteristiques ->> 'reponse_avant')::date
        FROM evenement e WHERE e.territoire = d.territoire AND e.demande_id = cible AND e.type = 'DEMANDE_PJ'
            AND NOT e.retrait AND NOT EXISTS (SELECT FROM evenement r WHERE r.remplace_id = e.id)
            AND CASE WHEN jsonb_typeof(e.caracteristiques -> 'pieces') = 'array'
                THEN EXISTS (SELECT FROM jsonb_array_elements(e.caracteristiques -> 'pieces') x
                    WHERE NOT EXISTS (SELECT FROM personne q
                            WHERE q.id = (x ->> 'personne')::uuid AND q.retire_le IS NOT NULL)
                        AND NOT EXISTS (SELECT FROM piece p WHERE p.territoire = d.territoire AND p.demande_id = cible
                            AND p.survenu_le > e.survenu_le AND x -> 'types' ? p.type_piece
                            AND p.annee IS NOT DISTINCT FROM (x ->> 'annee')::smallint
                            AND (p.personne_id IS NULL AND p.membre = ''
                                OR p.personne_id IS NOT DISTINCT FROM (x ->> 'personne')::uuid
                                    AND p.membre = x ->> 'membre')))
                ELSE NOT attente_est_repondue(e) AND NOT EXISTS (SELECT FROM version v WHERE v.demande_id = cible
                    AND v.numero > 1 AND v.inscrit_le > e.inscrit_le
                    AND v.auteur <> '00000000-0000-7000-8000-000000000001')
                END;
    END IF;
    -- Any other answer asked of it: until it is met, comes or refuses, until a decision or an allocation.
    IF 'REPONSE_MENAGE' = ANY (natures) THEN
        RETURN QUERY SELECT e.id, 'REPONSE_MENAGE', 'REPONSES', e.guichet::text, e.auteur, e.survenu_le,
            (e.caracteristiques ->> 'reponse_avant')::date
        FROM evenement e WHERE e.territoire = d.territoire AND e.demande_id = cible
            AND e.type NOT IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR', 'DEMANDE_PJ')
            AND e.caracteristiques ? 'reponse_avant'
            AND NOT e.retrait AND NOT EXISTS (SELECT FROM evenement r WHERE r.remplace_id = e.id)
            AND NOT attente_est_repondue(e)
            AND NOT EXISTS (SELECT FROM decision_caleol x WHERE x.territoire = d.territoire
                AND x.demande_id = cible AND x.inscrit_le > e.inscrit_le)
            AND NOT EXISTS (SELECT FROM attribution x WHERE x.territoire = d.territoire
                AND x.demande_id = cible AND x.inscrit_le > e.inscrit_le);
    END IF;
    -- The oldest document in force that nobody has qualified, unless its end is waited for under the same identifier.
    IF 'PIECE_A_VERIFIER' = ANY (natures) THEN
        RETURN QUERY SELECT p.id, 'PIECE_A_VERIFIER', 'PIECES', d.guichet_gestionnaire::text, p.auteur, p.survenu_le,
            NULL::date
        FROM (SELECT p.id, p.auteur, p.survenu_le
            FROM version v JOIN piece p ON p.id = ANY (v.pieces)
            WHERE v.id = d.version_courante_id AND p.document IS NOT NULL
                AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.territoire = p.territoire
                    AND q.demande_id = cible AND q.piece_id = p.id)
            ORDER BY p.survenu_le, p.id LIMIT 1) p
        WHERE NOT EXISTS (SELECT FROM attente a WHERE a.id = p.id AND a.nature = 'PIECE_PERIMEE');
    END IF;
    IF 'PIECE_PERIMEE' = ANY (natures) THEN  -- in force, and not set aside
        RETURN QUERY SELECT a.id, 'PIECE_PERIMEE', 'PIECES', a.guichet::text, a.auteur, a.depuis, p.validite_fin
        FROM attente a JOIN piece p ON p.id = a.id JOIN version v ON v.id = d.version_courante_id
        WHERE a.demande_id = cible AND a.nature = 'PIECE_PERIMEE' AND p.id = ANY (v.pieces)
            AND piece_vaut(p);
    END IF;
    IF 'COURRIEL_INVALIDE' = ANY (natures) THEN
        RETURN QUERY SELECT p.id, 'COURRIEL_INVALIDE', 'COURRIERS', d.guichet_gestionnaire::text, NULL::uuid,
            NULL::timestamptz, NULL::date
        FROM personne p WHERE p.demande_id = cible AND p.courriel_etat = 'INVALIDE' AND p.retire_le IS NULL;
    END IF;
    -- A message refused, unless another was made in its place, or until one that is not older leaves.
    IF natures && '{MESSAGE_REFUSE,LETTRE_REFUSEE}' THEN
        RETURN QUERY SELECT m.id, CASE m.canal WHEN 'LETTRE' THEN 'LETTRE_REFUSEE' ELSE 'MESSAGE_REFUSE' END,
            'COURRIERS', d.guichet_gestionnaire::text, NULL::uuid, m.survenu_le, NULL::date
        FROM message m WHERE m.territoire = d.territoire AND m.demande = cible AND m.etat = 'REJETE'
            AND NOT EXISTS (SELECT FROM message r WHERE r.remplace_id = m.id)
            AND NOT EXISTS (SELECT FROM message s JOIN message_tentative t ON t.message_id = s.id
                WHERE s.territoire = d.territoire AND s.demande = cible AND s.survenu_le >= m.survenu_le
                    AND t.issue IN ('ACCEPTE', 'TRAITE', 'DELIVRE')
                    AND t.inscrit_le > (SELECT max(x.inscrit_le) FROM message_tentative x WHERE x.message_id = m.id));
    END IF;
END $$;

-- The household answered when somebody met it, when it came or refused.
CREATE FUNCTION attente_est_repondue(e evenement) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM evenement r WHERE r.territoire = e.territoire AND r.demande_id = e.demande_id
        AND r.inscrit_le > e.inscrit_le AND NOT r.retrait
        AND r.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR'))
$$;

-- The lines of a demande among these natures become what is due, whoever calls: nobody says what is to be written. A set
-- is also placed on the other demandes of it; what waits of a demande that ends waits no more, and comes back with it.
CREATE FUNCTION attente_placer(cible uuid, natures text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    IF NOT 'ENSEMBLE_DOUBLON' = ANY (natures) AND NOT EXISTS (SELECT FROM attente a WHERE a.demande_id = cible)
        AND NOT EXISTS (SELECT FROM attente_due(cible, natures))
    THEN
        RETURN;  -- as for most acts
    END IF;
    FOR c IN
        SELECT d.id, d.territoire, d.statut NOT IN ('RADIEE', 'PURGEE') AS ouverte,
            CASE d.id WHEN cible THEN natures ELSE '{ENSEMBLE_DOUBLON}' END AS natures
        FROM demande d WHERE d.id = cible OR 'ENSEMBLE_DOUBLON' = ANY (natures) AND d.id IN (
            SELECT m.demande_id FROM ensemble_membre s JOIN ensemble_membre m ON m.ensemble_id = s.ensemble_id
            WHERE s.demande_id = cible)
    LOOP
        WITH due AS MATERIALIZED (
            SELECT x.* FROM attente_due(c.id, c.natures) x WHERE x.nature = ANY (c.natures)
        ), finies AS (
            DELETE FROM attente a WHERE a.demande_id = c.id AND a.nature = ANY (c.natures)
                AND NOT EXISTS (SELECT FROM due WHERE due.id = a.id AND due.nature = a.nature)
        )
        INSERT INTO attente (id, territoire, nature, liste, demande_id, guichet, auteur, depuis, avant, ouverte)
        SELECT due.id, c.territoire, due.nature, due.liste, c.id, due.guichet, due.auteur,
            coalesce(due.depuis, a.depuis, now()), due.avant, c.ouverte
        FROM due LEFT JOIN attente a ON a.id = due.id
        ON CONFLICT (id) DO UPDATE SET demande_id = excluded.demande_id, guichet = excluded.guichet,
            auteur = excluded.auteur, depuis = excluded.depuis, avant = excluded.avant
        WHERE attente.nature = excluded.nature
            AND (attente.demande_id, attente.guichet, attente.auteur, attente.depuis, attente.avant)
                IS DISTINCT FROM
                (excluded.demande_id, excluded.guichet, excluded.auteur, excluded.depuis, excluded.avant);
        UPDATE attente a SET ouverte = c.ouverte WHERE a.demande_id = c.id AND a.ouverte <> c.ouverte;
    END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION attente_placer FROM PUBLIC;

-- Demandes that an entry is about without naming them, since counters read the history of those that it names.
CREATE FUNCTION attente_cibles(faits jsonb) RETURNS SETOF uuid LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT x.demande_id FROM cas_doublon x WHERE x.id = (faits ->> 'cas')::uuid
    UNION ALL SELECT x.demande_id FROM ensemble_membre x WHERE x.ensemble_id = (faits ->> 'ensemble')::uuid
    UNION ALL SELECT x.demande_id FROM demande_enquetee x WHERE x.enquete_id = (faits ->> 'enquete')::uuid
    UNION ALL SELECT x.demande_id FROM requete_restauration x WHERE x.id = (faits ->> 'requete')::uuid
    UNION ALL SELECT g.demande_id FROM levee_gel x JOIN gel g ON g.id = x.gel_id WHERE x.id = (faits ->> 'levee')::uuid
    UNION ALL SELECT x.nouvelle_id FROM separation x WHERE x.id = (faits ->> 'separation')::uuid
    UNION ALL SELECT x.demande FROM message x WHERE x.id = (faits ->> 'message')::uuid
    UNION ALL SELECT x.demande_id FROM avis_changement x
        WHERE x.id IN (SELECT a::uuid FROM jsonb_array_elements_text(faits -> 'avis') a)
$$;

-- At commit, once all the rows of an act are there: its verb says which natures it may open or close (the arguments, from
-- ``attentes.py`` of each subject), its entry on which demandes.
CREATE FUNCTION attente_suivre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    natures text[] := string_to_array(tg_argv[array_position(tg_argv, NEW.verbe::text) + 1], ',');
BEGIN
    IF NEW.demande IS NOT NULL THEN
        PERFORM attente_placer(NEW.demande, natures);
    END IF;
    IF NEW.demande IS NULL OR NEW.faits ? 'separation' THEN
        PERFORM attente_placer(x, natures) FROM (SELECT DISTINCT x FROM attente_cibles(NEW.faits) x) x;
    END IF;
    RETURN NULL;
END $$;
