"""What a lost server, or another cluster, must not bring back: a number given twice, a permit of erasure open again."""

from django.db import migrations

NUMEROS = """
-- What an era opens with may miss the last numbers given before the loss: every sequence jumps ahead by more than they
-- were. A promotion misses the last seconds; each line of history has its own place, so that of two standbys promoted
-- one after the other, neither gives what the other gave. What comes from another cluster, or stops an hour ago or more,
-- was restored: it may be of the day before.
CREATE FUNCTION nud_marge(p_code text) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (p.valeur #>> '{}')::integer FROM parametre p
    WHERE p.code = p_code
        AND coalesce(p.debut, '-infinity') <= current_date AND coalesce(p.fin, 'infinity') >= current_date
    ORDER BY p.debut DESC NULLS LAST LIMIT 1
$$;

DROP FUNCTION prochain_nud(text, date, text, integer);
DROP FUNCTION nud_ouvrir_ere(integer);

-- The era in which the last number was given: the latest one opened, since a dump may come back to an older one.
CREATE FUNCTION nud_derniere_ere() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT ere FROM nud_ere ORDER BY ouverte_le DESC LIMIT 1
$$;

CREATE FUNCTION nud_ouvrir_ere() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_ere text := journal_ere();
    v_ligne integer := split_part(v_ere, '/', 2)::integer;
    v_derniere text;
    v_connue integer := 1;  -- the last line of this cluster that these sequences come from
    v_saut integer := 0;
    s record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('nud_ouvrir_ere'));
    v_derniere := nud_derniere_ere();
    IF v_derniere = v_ere THEN
        RETURN;
    END IF;
    IF split_part(v_derniere, '/', 1) = split_part(v_ere, '/', 1) AND split_part(v_derniere, '/', 2)::integer < v_ligne
        AND coalesce((SELECT now() - max(inscrit_le) FROM journal_entree WHERE ere <> v_ere) < interval '1 hour', true)
    THEN
        v_connue := split_part(v_derniere, '/', 2)::integer;
    ELSIF v_derniere IS NOT NULL THEN
        v_saut := nud_marge('nud_marge_restauration');
    END IF;
    v_saut := v_saut + (v_ligne - v_connue) * nud_marge('nud_marge_promotion');
    FOR s IN SELECT sequencename AS nom, coalesce(last_value, 0) AS dernier FROM pg_sequences
        WHERE schemaname = 'public' AND sequencename ~ '^nud_' AND v_saut > 0
    LOOP
        PERFORM setval(format('public.%I', s.nom), (s.dernier - 1 + v_saut) % 999999 + 1);
    END LOOP;
    INSERT INTO nud_ere (ere, marge, ouverte_le) VALUES (v_ere, v_saut, greatest(
        clock_timestamp(), (SELECT max(ouverte_le) FROM nud_ere) + interval '1 microsecond'))  -- clocks may differ
    ON CONFLICT (ere) DO UPDATE SET marge = EXCLUDED.marge, ouverte_le = EXCLUDED.ouverte_le;
END $$;

-- TTT MMYY SSSSSS GGGGG. Gaps are allowed; a number still held by a demande (after a cycle) is passed over.
CREATE FUNCTION prochain_nud(p_territoire text, p_depot date, p_guichet text)
RETURNS varchar LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    sequence_du_territoire text := 'public.' || nud_sequence(p_territoire);
    numero varchar;
BEGIN
    IF p_guichet !~ '^[A-Z0-9]{5}$' THEN
        RAISE EXCEPTION 'code de guichet invalide' USING errcode = 'invalid_parameter_value';
    END IF;
    IF nud_derniere_ere() IS DISTINCT FROM journal_ere() THEN
        PERFORM nud_ouvrir_ere();
    END IF;
    FOR essai IN 1..999999 LOOP
        numero := p_territoire || to_char(p_depot, 'MMYY') || lpad(nextval(sequence_du_territoire)::text, 6, '0')
            || p_guichet;
        IF NOT EXISTS (SELECT 1 FROM demande WHERE territoire = p_territoire AND nud = numero) THEN
            RETURN numero;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'plus aucun numéro libre ce mois-ci dans le territoire % pour le guichet %', p_territoire, p_guichet
        USING errcode = 'program_limit_exceeded';
END $$;

REVOKE EXECUTE ON FUNCTION prochain_nud, nud_ouvrir_ere FROM PUBLIC;
"""

PERMIS = """
-- The permits of this transaction. Another cluster counts its transactions anew: a number alone would open an old one.
CREATE FUNCTION purges_permises() RETURNS SETOF purge LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT * FROM purge WHERE xid = pg_current_xact_id_if_assigned() AND inscrit_le >= transaction_timestamp()
$$;
REVOKE EXECUTE ON FUNCTION purges_permises FROM PUBLIC;

-- Whether this transaction holds the permit of that demande.
CREATE OR REPLACE FUNCTION purge_couvre(p_demande uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() WHERE demande_id = p_demande)
$$;

-- Whether this transaction erases a demande that this enquiry is about.
CREATE OR REPLACE FUNCTION purge_couvre_enquete(p_enquete uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() p JOIN demande_enquetee x ON x.demande_id = p.demande_id
        WHERE x.enquete_id = p_enquete)
$$;

-- Whether this transaction erases a demande of this set.
CREATE OR REPLACE FUNCTION purge_couvre_ensemble(p_ensemble uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() p JOIN ensemble_membre m ON m.demande_id = p.demande_id
        WHERE m.ensemble_id = p_ensemble)
$$;

-- Refuses whatever is not an INSERT, but for the deletion of a row whose demande this transaction may erase.
-- The argument says how the row names its demande.
CREATE OR REPLACE FUNCTION refuser_ecriture_sauf_purge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ligne jsonb;
    permis boolean := false;
BEGIN
    IF tg_op = 'DELETE' THEN
        ligne := to_jsonb(OLD);
        permis := CASE tg_argv[0]
            WHEN 'personne_id' THEN purge_couvre((SELECT demande_id FROM personne
                WHERE id = (ligne ->> 'personne_id')::uuid))
            WHEN 'gel_id' THEN purge_couvre((SELECT demande_id FROM gel WHERE id = (ligne ->> 'gel_id')::uuid))
            WHEN 'enquete_id' THEN purge_couvre_enquete((ligne ->> 'enquete_id')::uuid)
                OR purge_couvre((SELECT demande_id FROM identite WHERE id = (ligne ->> 'identite_id')::uuid))
                OR EXISTS (SELECT FROM purges_permises() p JOIN journal_entree e ON e.demande = p.demande_id
                    WHERE e.id = (ligne ->> 'entree')::uuid)
            WHEN 'nouvelle_id' THEN purge_couvre((ligne ->> 'demande_id')::uuid)
                OR purge_couvre((ligne ->> 'nouvelle_id')::uuid)
            WHEN 'separation_id' THEN EXISTS (SELECT FROM separation x WHERE x.id = (ligne ->> 'separation_id')::uuid
                AND (purge_couvre(x.demande_id) OR purge_couvre(x.nouvelle_id)))
            -- A set is of several demandes: its own rows, and the whole set when no two others are left.
            WHEN 'ensemble' THEN purge_couvre((ligne ->> 'demande_id')::uuid)
                OR purge_couvre((ligne ->> 'demande_a_id')::uuid) OR purge_couvre((ligne ->> 'demande_b_id')::uuid)
                OR EXISTS (SELECT FROM purges_permises() p
                    WHERE coalesce(ligne ->> 'ensemble_id', ligne ->> 'id')::uuid = ANY (p.ensembles))
            WHEN 'message_id' THEN purge_couvre((SELECT demande FROM message WHERE id = (ligne ->> 'message_id')::uuid))
            WHEN 'dossier' THEN purge_couvre((ligne ->> 'dossier')::uuid)
                OR purge_couvre((ligne ->> 'demande_id')::uuid)
            -- The value of an entry that names the demande; or what was typed in a search, which names none.
            WHEN 'entree' THEN EXISTS (SELECT FROM purges_permises() p WHERE (
                ligne ->> 'champ' = 'recherche'
                OR EXISTS (SELECT FROM journal_entree e
                    WHERE e.demande = p.demande_id AND e.id = (ligne ->> 'entree')::uuid)))
            ELSE purge_couvre((ligne ->> tg_argv[0])::uuid)
        END;
    END IF;
    IF permis THEN
        RETURN OLD;
    END IF;
    -- A title that descends from an erased one keeps its date, and no longer says from which.
    IF tg_op = 'UPDATE' AND tg_table_name = 'titre_anciennete' THEN
        ligne := to_jsonb(OLD);
        IF EXISTS (SELECT FROM separation x WHERE x.id = (ligne ->> 'separation_id')::uuid AND purge_couvre(x.demande_id))
            AND to_jsonb(NEW) = ligne || '{"acte": "HERITAGE", "precedent_id": null, "separation_id": null}'
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0069_rendre_l_anciennete"), ("journal", "0007_ere")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (NUMEROS, PERMIS)]
