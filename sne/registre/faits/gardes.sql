-- What the database guarantees of the subject « faits », beyond what its models declare.

-- A fact, whatever its table, is of a version of its demande, and replaces a fact of that demande alone.
DO $$
DECLARE
    fait text;
BEGIN
    FOREACH fait IN ARRAY ARRAY['attribution', 'decision_caleol', 'evenement', 'fait_dalo'] LOOP
        EXECUTE format('ALTER TABLE %1$I
            ADD CONSTRAINT %1$s_et_demande UNIQUE (id, demande_id),
            ADD CONSTRAINT %1$s_de_sa_version FOREIGN KEY (demande_id, revision)
                REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED,
            ADD CONSTRAINT %1$s_de_son_dossier FOREIGN KEY (remplace_id, demande_id)
                REFERENCES %1$I (id, demande_id) DEFERRABLE INITIALLY DEFERRED', fait);
    END LOOP;
END $$;

-- An event keeps its number from one correction to the next: those who write from outside know it by that number.
CREATE SEQUENCE evenement_numero;
ALTER TABLE evenement
    ADD CONSTRAINT evenement_et_numero UNIQUE (id, numero),
    ADD CONSTRAINT evenement_meme_numero FOREIGN KEY (remplace_id, numero) REFERENCES evenement (id, numero)
        DEFERRABLE INITIALLY DEFERRED;

-- The household answered when somebody met it, when it came or refused.
CREATE FUNCTION attente_est_repondue(e evenement) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM evenement r WHERE r.territoire = e.territoire AND r.demande_id = e.demande_id
        AND r.inscrit_le > e.inscrit_le AND NOT r.retrait
        AND r.type IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR'))
$$;

-- Any other answer asked of it: until it is met, comes or refuses, until a decision or an allocation.
CREATE FUNCTION attente_due_reponse_menage(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT e.id, 'REPONSE_MENAGE', 'REPONSES', e.guichet::text, e.auteur, e.survenu_le,
        (e.caracteristiques ->> 'reponse_avant')::date
    FROM evenement e WHERE e.territoire = d.territoire AND e.demande_id = d.id
        AND e.type NOT IN ('CONTACT', 'ENTRETIEN', 'VISITE', 'REFUS_DEMANDEUR', 'DEMANDE_PJ')
        AND e.caracteristiques ? 'reponse_avant'
        AND NOT e.retrait AND NOT EXISTS (SELECT FROM evenement r WHERE r.remplace_id = e.id)
        AND NOT attente_est_repondue(e)
        AND NOT EXISTS (SELECT FROM decision_caleol x WHERE x.territoire = d.territoire
            AND x.demande_id = d.id AND x.inscrit_le > e.inscrit_le)
        AND NOT EXISTS (SELECT FROM attribution x WHERE x.territoire = d.territoire
            AND x.demande_id = d.id AND x.inscrit_le > e.inscrit_le)
$$;
