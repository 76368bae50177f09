"""The unique number: one sequence per territory, no repeat after a cycle, none after a restore."""

from django.db import migrations

SQL = """
-- The eras in which numbers were given. A restored dump may miss the last numbers given before the loss: on entering
-- a new era every sequence jumps ahead, so that none of them is given twice.
CREATE TABLE nud_ere (
    ere text PRIMARY KEY,
    marge integer NOT NULL,
    ouverte_le timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION nud_sequence(p_territoire text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF p_territoire !~ '^([0-9]{3}|02[AB])$' THEN
        RAISE EXCEPTION 'territoire inconnu : %', p_territoire USING errcode = 'invalid_parameter_value';
    END IF;
    RETURN 'nud_' || lower(p_territoire);
END $$;

-- Owner's act, when a territory opens (idempotent). Île-de-France exhausts six digits in about two years: CYCLE.
CREATE FUNCTION nud_ouvrir_territoire(p_territoire text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS public.%I MINVALUE 1 MAXVALUE 999999 CYCLE',
        nud_sequence(p_territoire));
END $$;

CREATE FUNCTION nud_ouvrir_ere(p_marge integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    s record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('nud_ouvrir_ere'));
    IF EXISTS (SELECT 1 FROM nud_ere WHERE ere = journal_ere()) THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM nud_ere) THEN
        FOR s IN SELECT sequencename AS nom, last_value AS dernier FROM pg_sequences
            WHERE schemaname = 'public' AND sequencename ~ '^nud_' AND last_value IS NOT NULL
        LOOP
            PERFORM setval(format('public.%I', s.nom), (s.dernier - 1 + p_marge) % 999999 + 1);
        END LOOP;
    END IF;
    INSERT INTO nud_ere (ere, marge) VALUES (journal_ere(), p_marge);
END $$;

-- TTT MMYY SSSSSS GGGGG. Gaps are allowed; a number still held by a demande (after a cycle) is passed over.
CREATE FUNCTION prochain_nud(p_territoire text, p_depot date, p_guichet text, p_marge integer DEFAULT 20000)
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
    IF NOT EXISTS (SELECT 1 FROM nud_ere WHERE ere = journal_ere()) THEN
        PERFORM nud_ouvrir_ere(p_marge);
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

REVOKE EXECUTE ON FUNCTION prochain_nud, nud_ouvrir_ere, nud_ouvrir_territoire FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0002_garde_fous")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
