"""The era is true as soon as a server is promoted; entries of every era that ended are sealed, the oldest first."""

from django.db import migrations

ERE = """
-- The cluster and the line of history we write in: a dump restored elsewhere, or a promotion, opens a new era. The
-- control file tells the line of the last checkpoint: after a promotion, that is the former one for minutes.
CREATE OR REPLACE FUNCTION journal_ere() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.system_identifier || '/' || CASE
        WHEN pg_is_in_recovery() THEN (SELECT c.timeline_id FROM pg_control_checkpoint() c)
        ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer
    END FROM pg_control_system() s
$$;
"""

SCELLER = """
DROP INDEX journal_entree_xid;
CREATE INDEX journal_entree_xid ON journal_entree (ere, xid);
CREATE INDEX journal_scellement_ere ON journal_scellement (ere, xid_a);

-- The eras that ended and still have entries to seal, the oldest first, and from which transaction on.
CREATE FUNCTION journal_eres_a_sceller(OUT ere text, OUT xid_de xid8) RETURNS SETOF record LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH RECURSIVE eres(ere) AS (  -- a jump in the index for each of them
        SELECT min(e.ere) FROM journal_entree e
        UNION ALL
        SELECT (SELECT min(e.ere) FROM journal_entree e WHERE e.ere > x.ere) FROM eres x WHERE x.ere IS NOT NULL
    )
    SELECT x.ere, fin.xid_de FROM eres x
    CROSS JOIN LATERAL (
        SELECT coalesce(max(s.xid_a), '0'::xid8) AS xid_de FROM journal_scellement s WHERE s.ere = x.ere
    ) fin
    CROSS JOIN LATERAL (
        SELECT e.inscrit_le FROM journal_entree e WHERE e.ere = x.ere AND e.xid >= fin.xid_de ORDER BY e.xid LIMIT 1
    ) premiere
    WHERE x.ere <> journal_ere() ORDER BY premiere.inscrit_le
$$;

-- Seals, in transaction order, every entry that no running transaction can precede any more. Takes no lock on writers.
-- Those of another era come from a restored dump, or from a server that was lost: all their transactions have ended.
-- Returns the number of entries sealed; -1 when another sealer is at work.
CREATE OR REPLACE FUNCTION journal_sceller(p_au_plus integer DEFAULT 100000) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    dernier journal_scellement;
    s journal_scellement;
    feuilles bytea[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('journal_sceller')) THEN
        RETURN -1;
    END IF;
    SELECT * INTO dernier FROM journal_scellement ORDER BY numero DESC LIMIT 1;
    s.numero := coalesce(dernier.numero, 0) + 1;
    s.precedent := coalesce(dernier.empreinte, '\\x'::bytea);
    SELECT a.ere, a.xid_de INTO s.ere, s.xid_de FROM journal_eres_a_sceller() a LIMIT 1;
    IF FOUND THEN
        SELECT (max(xid)::text::numeric + 1)::text::xid8 INTO s.xid_a FROM journal_entree WHERE ere = s.ere;
    ELSE
        s.ere := journal_ere();
        SELECT coalesce(max(xid_a), '0'::xid8) INTO s.xid_de FROM journal_scellement WHERE ere = s.ere;
        s.xid_a := pg_snapshot_xmin(pg_current_snapshot());
    END IF;
    -- Cut between transactions so that one batch stays bounded; a transaction is never split.
    SELECT coalesce((xid::text::numeric + 1)::text::xid8, s.xid_a) INTO s.xid_a FROM (
        SELECT max(xid) AS xid FROM (
            SELECT xid FROM journal_entree
            WHERE ere = s.ere AND xid >= s.xid_de AND xid < s.xid_a ORDER BY xid LIMIT p_au_plus
        ) AS premieres
    ) AS borne;
    WITH p AS (
        INSERT INTO journal_position (scellement, rang, entree, inscrit_le, empreinte)
        SELECT s.numero, row_number() OVER (ORDER BY xid, inscrit_le, id), id, inscrit_le, empreinte
        FROM journal_entree WHERE ere = s.ere AND xid >= s.xid_de AND xid < s.xid_a
        RETURNING rang, empreinte
    )
    SELECT array_agg(empreinte ORDER BY rang), count(*) INTO feuilles, s.nombre FROM p;
    IF s.nombre = 0 THEN
        RETURN 0;
    END IF;
    s.racine := journal_racine(feuilles);
    s.empreinte := journal_maillon(s.precedent, s.numero, s.ere, s.xid_de, s.xid_a, s.nombre, s.racine);
    s.scelle_le := clock_timestamp();
    INSERT INTO journal_scellement SELECT s.*;
    RETURN s.nombre;
END $$;
"""

RETRAIT = """
-- Whether the month of this entry is being taken away in this transaction. Another cluster counts its transactions
-- anew: a number alone would open an old removal again.
CREATE OR REPLACE FUNCTION journal_retrait_couvre(p_entree uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM journal_retrait r JOIN journal_position p ON p.entree = p_entree
        WHERE r.xid = pg_current_xact_id_if_assigned() AND r.retire_le >= transaction_timestamp()
            AND p.inscrit_le >= r.mois::timestamp AT TIME ZONE 'UTC'
            AND p.inscrit_le < (r.mois + interval '1 month') AT TIME ZONE 'UTC'
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_recherche")]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (ERE, SCELLER, RETRAIT)]
