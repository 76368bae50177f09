"""No number is given twice after a promotion or a restore, and a promotion burns few of them."""

from django.db import migrations

NUMEROS = """
-- What an era opens with may miss the last numbers given before the loss: every sequence jumps ahead by more than they
-- were. A promotion misses the last seconds; each line of history has its own place, so that of two standbys promoted
-- one after the other, neither gives what the other gave. What comes from another cluster, or stops an hour ago or more,
-- was restored: it may be of the day before.
CREATE FUNCTION nud_marge(p_cas text) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (p.valeur #>> '{}')::integer FROM parametre p
    WHERE p.code = 'nud_marge_' || p_cas
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
        v_saut := nud_marge('restauration');
    END IF;
    v_saut := v_saut + (v_ligne - v_connue) * nud_marge('promotion');
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


class Migration(migrations.Migration):
    dependencies = [("registre", "0069_rendre_l_anciennete"), ("journal", "0007_ere")]
    operations = [migrations.RunSQL(NUMEROS, migrations.RunSQL.noop)]
