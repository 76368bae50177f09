"""Entries are written by the set: one call for an act or for hundreds, the same form, commitments and hash.

Salts derive from a root drawn for the call and kept nowhere: each stays unknown to who holds the others, and is erased
with its value. Instants of a call follow each other by one microsecond, so that no two of its entries share theirs.
"""

from django.db import migrations

SQL = r"""
CREATE FUNCTION journal_inscrire_en_lot(p_entrees jsonb, p_complements jsonb DEFAULT NULL)
RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
-- ``p_complements``: facts to add to the entries of a demande, by its identifier.
DECLARE
    v_ere text := journal_ere();
    v_racine bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    v_debut timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    WITH recues AS MATERIALIZED (
        SELECT gen_random_uuid() AS cle, r.*, v_debut + make_interval(secs => (r.rang - 1) * 1e-6) AS le
        FROM ROWS FROM (jsonb_to_recordset(p_entrees) AS (
            territoire text, demande uuid, revision integer, verbe text, acteur jsonb, faits jsonb, valeurs jsonb,
            correlation uuid, survenu_le timestamptz
        )) WITH ORDINALITY AS r(territoire, demande, revision, verbe, acteur, faits, valeurs, correlation,
            survenu_le, rang)
    ), gardees AS (
        INSERT INTO journal_valeur (entree, champ, cote, sel, valeur)
        SELECT r.cle, v.champ, v.cote,
            sha256(v_racine || uuid_send(r.cle) || convert_to(v.champ || '.' || v.cote, 'UTF8')), v.valeur
        FROM recues r, jsonb_to_recordset(r.valeurs) AS v(champ text, cote text, valeur text)
        RETURNING entree, champ, cote, sel, valeur
    ), engagees AS (
        SELECT entree, jsonb_build_object('engagements',
            jsonb_object_agg(champ || '.' || cote, journal_engagement(sel, champ, cote, valeur))) AS engagements
        FROM gardees GROUP BY entree
    ), ecrites AS (
        SELECT r.cle, r.territoire::varchar(3), r.demande, r.revision, r.verbe::varchar(30), r.acteur,
            r.faits || coalesce(p_complements -> r.demande::text, '{}') || coalesce(g.engagements, '{}') AS faits,
            r.correlation, r.survenu_le, r.le, v_ere AS ere, pg_current_xact_id() AS xid
        FROM recues r LEFT JOIN engagees g ON g.entree = r.cle
        ORDER BY r.rang
    )
    INSERT INTO journal_entree
        (id, territoire, demande, revision, verbe, acteur, faits, correlation, survenu_le, inscrit_le, ere, xid, empreinte)
    SELECT e.*, journal_feuille(ROW(e.*, NULL)::journal_entree) FROM ecrites e
    RETURNING id;
END $$;

CREATE OR REPLACE FUNCTION journal_inscrire(
    p_territoire text, p_demande uuid, p_revision integer, p_verbe text, p_acteur jsonb, p_faits jsonb,
    p_valeurs jsonb, p_correlation uuid, p_survenu_le timestamptz
) RETURNS uuid LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT journal_inscrire_en_lot(jsonb_build_array(jsonb_build_object(
        'territoire', p_territoire, 'demande', p_demande, 'revision', p_revision, 'verbe', p_verbe, 'acteur', p_acteur,
        'faits', p_faits, 'valeurs', p_valeurs, 'correlation', p_correlation, 'survenu_le', p_survenu_le)))
$$;

REVOKE EXECUTE ON FUNCTION journal_inscrire_en_lot FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
