-- What the database guarantees of the subject « attente », beyond what its models declare.

ALTER TABLE attente ADD CONSTRAINT attente_demande FOREIGN KEY (demande_id) REFERENCES demande (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- What waits for somebody on one demande: each subject says it of its natures, in a function ``attente_due_<nature>`` which
-- reads the rows of the subject and nothing else.
CREATE TYPE attente_due_ligne AS (
    id uuid, nature text, liste text, guichet text, auteur uuid, depuis timestamptz, avant date
);

-- ``attente_due`` asks the functions of these natures, and no other. Written from those that exist, once all of them do.
CREATE FUNCTION attente_composer() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    EXECUTE (
        SELECT format(
            'CREATE OR REPLACE FUNCTION public.attente_due(cible uuid, natures text[]) RETURNS SETOF attente_due_ligne
            LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS %L',
            'DECLARE d demande; BEGIN SELECT x.* INTO d FROM demande x WHERE x.id = cible; '
            || string_agg(format(
                'IF %L = ANY (natures) THEN RETURN QUERY SELECT x.* FROM %I(d) x; END IF;',
                upper(substr(p.proname, length('attente_due_') + 1)), p.proname), ' ' ORDER BY p.proname)
            || ' END')
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND starts_with(p.proname, 'attente_due_')
    );
END $$;
REVOKE EXECUTE ON FUNCTION attente_composer FROM PUBLIC;

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
