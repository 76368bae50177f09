"""Positions keep the hash of their entry; the journal reads whole trees of its seals; months leave in good order."""

from django.db import migrations

POSITIONS = r"""
ALTER TABLE journal_position ADD COLUMN empreinte bytea;
ALTER TABLE journal_position DISABLE TRIGGER ajout_seul;
UPDATE journal_position p SET empreinte = e.empreinte FROM journal_entree e
    WHERE e.inscrit_le = p.inscrit_le AND e.id = p.entree;
ALTER TABLE journal_position ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE journal_position ALTER COLUMN empreinte SET NOT NULL;

CREATE OR REPLACE FUNCTION journal_sceller(p_au_plus integer DEFAULT 100000) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    dernier journal_scellement;
    s journal_scellement;
    ere_ouverte text := journal_ere();
    feuilles bytea[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('journal_sceller')) THEN
        RETURN -1;
    END IF;
    SELECT * INTO dernier FROM journal_scellement ORDER BY numero DESC LIMIT 1;
    s.numero := coalesce(dernier.numero, 0) + 1;
    s.precedent := coalesce(dernier.empreinte, '\x'::bytea);
    s.ere := ere_ouverte;
    IF dernier.numero IS NULL THEN
        SELECT ere INTO s.ere FROM journal_entree ORDER BY ere = ere_ouverte LIMIT 1;
        s.ere := coalesce(s.ere, ere_ouverte);
    ELSIF dernier.ere <> ere_ouverte AND EXISTS (
        SELECT 1 FROM journal_entree WHERE ere = dernier.ere AND xid >= dernier.xid_a
    ) THEN
        s.ere := dernier.ere;
    END IF;
    SELECT coalesce(max(xid_a), '0'::xid8) INTO s.xid_de FROM journal_scellement WHERE ere = s.ere;
    IF s.ere = ere_ouverte THEN
        s.xid_a := pg_snapshot_xmin(pg_current_snapshot());
    ELSE
        SELECT (max(xid)::text::numeric + 1)::text::xid8 INTO s.xid_a FROM journal_entree WHERE ere = s.ere;
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

FONCTIONS = r"""
-- The text whose hash an entry is: what an export carries, so that nobody has to write it again to check it.
CREATE FUNCTION journal_canonique(e journal_entree) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_array(
        e.id, e.territoire, e.demande, e.revision, e.verbe, e.acteur, e.faits, e.correlation,
        extract(epoch FROM e.survenu_le)::text, extract(epoch FROM e.inscrit_le)::text, e.ere, e.xid::text
    )::text
$$;

-- The text whose hash, after what it is chained to, a seal is.
CREATE FUNCTION journal_maillon_texte(s journal_scellement) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT jsonb_build_array(s.numero, s.ere, s.xid_de::text, s.xid_a::text, s.nombre)::text
$$;

-- Stores the roots of the whole groups of 256 seals, then of 256 groups…, that are not stored yet.
CREATE FUNCTION journal_tuiler() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    v_niveau smallint := 1;
    v_nombre bigint := (SELECT coalesce(max(numero), 0) / 256 FROM journal_scellement);
    v_faits bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('journal_tuiler'));
    WHILE v_nombre > 0 LOOP
        SELECT coalesce(max(indice) + 1, 0) INTO v_faits FROM journal_tuile WHERE niveau = v_niveau;
        IF v_niveau = 1 THEN
            INSERT INTO journal_tuile (niveau, indice, empreinte)
            SELECT 1, (numero - 1) / 256,
                journal_racine(array_agg(sha256('\x00'::bytea || empreinte) ORDER BY numero))
            FROM journal_scellement WHERE numero > v_faits * 256 AND numero <= v_nombre * 256 GROUP BY 2;
        ELSE
            INSERT INTO journal_tuile (niveau, indice, empreinte)
            SELECT v_niveau, indice / 256, journal_racine(array_agg(empreinte ORDER BY indice))
            FROM journal_tuile
            WHERE niveau = v_niveau - 1 AND indice >= v_faits * 256 AND indice < v_nombre * 256 GROUP BY 2;
        END IF;
        v_niveau := v_niveau + 1;
        v_nombre := v_nombre / 256;
    END LOOP;
END $$;

-- A checkpoint follows the one before, and says of the seals what they say.
CREATE FUNCTION journal_garder_jalon() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dernier journal_jalon;
BEGIN
    SELECT * INTO dernier FROM journal_jalon ORDER BY numero DESC LIMIT 1;
    IF NEW.numero <> coalesce(dernier.numero, 0) + 1
        OR NEW.scellement <= coalesce(dernier.scellement, 0)
        OR NOT EXISTS (SELECT FROM journal_scellement WHERE numero = NEW.scellement)
        OR NEW.entrees - coalesce(dernier.entrees, 0) IS DISTINCT FROM (
            SELECT sum(nombre) FROM journal_scellement
            WHERE numero > coalesce(dernier.scellement, 0) AND numero <= NEW.scellement)
    THEN
        RAISE EXCEPTION 'le jalon % ne suit pas le précédent', NEW.numero USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER suivre BEFORE INSERT ON journal_jalon FOR EACH ROW EXECUTE FUNCTION journal_garder_jalon();

-- Whether the month of this entry is being taken away in this transaction.
ALTER TABLE journal_retrait ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE FUNCTION journal_retrait_couvre(p_entree uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM journal_retrait r JOIN journal_position p ON p.entree = p_entree
        WHERE r.xid = pg_current_xact_id_if_assigned()
            AND p.inscrit_le >= r.mois::timestamp AT TIME ZONE 'UTC'
            AND p.inscrit_le < (r.mois + interval '1 month') AT TIME ZONE 'UTC'
    )
$$;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['journal_cle', 'journal_jalon', 'journal_tuile', 'journal_horodatage', 'journal_retrait'] LOOP
        PERFORM proteger_ajout_seul(t::regclass);
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION journal_tuiler FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_preuve")]
    operations = [
        migrations.RunSQL(POSITIONS, migrations.RunSQL.noop),
        migrations.RunSQL(FONCTIONS, migrations.RunSQL.noop),
    ]
