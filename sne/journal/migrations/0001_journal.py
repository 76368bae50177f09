"""Tables of the journal, the two functions that write them, and the triggers that refuse everything else.

The runtime role has no INSERT on these tables: it may only EXECUTE ``journal_inscrire``, which makes the identifier,
the instant, the transaction number, the salts and the hash itself, so that nobody can choose them.
"""

from django.db import migrations

TABLES = """
CREATE TABLE journal_entree (
    id uuid NOT NULL,
    territoire varchar(3) NOT NULL,
    demande uuid,
    revision integer,
    verbe varchar(30) NOT NULL,
    acteur jsonb NOT NULL,
    faits jsonb NOT NULL,
    correlation uuid,
    survenu_le timestamptz NOT NULL,
    inscrit_le timestamptz NOT NULL,
    ere text NOT NULL,
    xid xid8 NOT NULL,
    empreinte bytea NOT NULL,
    PRIMARY KEY (inscrit_le, id),
    CONSTRAINT journal_demande_et_revision CHECK ((demande IS NULL) = (revision IS NULL))
) PARTITION BY RANGE (inscrit_le);
CREATE INDEX journal_entree_demande ON journal_entree (demande, inscrit_le) WHERE demande IS NOT NULL;
CREATE INDEX journal_entree_xid ON journal_entree (xid);

CREATE TABLE journal_valeur (
    entree uuid NOT NULL,
    champ text NOT NULL,
    cote varchar(5) NOT NULL,
    sel bytea NOT NULL,
    valeur text,
    PRIMARY KEY (entree, champ, cote)
);

CREATE TABLE journal_scellement (
    numero bigint PRIMARY KEY,
    ere text NOT NULL,
    xid_de xid8 NOT NULL,
    xid_a xid8 NOT NULL,
    nombre integer NOT NULL,
    racine bytea NOT NULL,
    precedent bytea NOT NULL,
    empreinte bytea NOT NULL,
    scelle_le timestamptz NOT NULL
);

CREATE TABLE journal_position (
    scellement bigint NOT NULL,
    rang integer NOT NULL,
    entree uuid NOT NULL UNIQUE,
    inscrit_le timestamptz NOT NULL,
    PRIMARY KEY (scellement, rang)
);

CREATE TABLE journal_abonnement (
    abonne varchar(60) PRIMARY KEY,
    scellement bigint NOT NULL,
    avance_le timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""

FONCTIONS = r"""
-- The cluster and the line of history we write in: a dump restored elsewhere, or a recovery, opens a new era.
CREATE FUNCTION journal_ere() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.system_identifier || '/' || c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c
$$;

-- Canonical form of an entry: a JSON array of texts, independent of DateStyle, TimeZone and locale.
CREATE FUNCTION journal_feuille(e journal_entree) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT sha256('\x00'::bytea || convert_to(jsonb_build_array(
        e.id, e.territoire, e.demande, e.revision, e.verbe, e.acteur, e.faits, e.correlation,
        extract(epoch FROM e.survenu_le)::text, extract(epoch FROM e.inscrit_le)::text, e.ere, e.xid::text
    )::text, 'UTF8'))
$$;

CREATE FUNCTION journal_engagement(sel bytea, champ text, cote text, valeur text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(sel || convert_to(jsonb_build_array(champ, cote, valeur)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION journal_inscrire(
    p_territoire text, p_demande uuid, p_revision integer, p_verbe text, p_acteur jsonb, p_faits jsonb,
    p_valeurs jsonb, p_correlation uuid, p_survenu_le timestamptz
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    e journal_entree;
    engagements jsonb;
BEGIN
    e.id := gen_random_uuid();
    IF p_valeurs IS NOT NULL AND jsonb_array_length(p_valeurs) > 0 THEN
        WITH v AS (
            INSERT INTO journal_valeur (entree, champ, cote, sel, valeur)
            SELECT e.id, x.champ, x.cote, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), x.valeur
            FROM jsonb_to_recordset(p_valeurs) AS x(champ text, cote text, valeur text)
            RETURNING champ, cote, sel, valeur
        )
        SELECT jsonb_object_agg(champ || '.' || cote, journal_engagement(sel, champ, cote, valeur))
        INTO engagements FROM v;
        p_faits := p_faits || jsonb_build_object('engagements', engagements);
    END IF;
    e.territoire := p_territoire;
    e.demande := p_demande;
    e.revision := p_revision;
    e.verbe := p_verbe;
    e.acteur := p_acteur;
    e.faits := p_faits;
    e.correlation := p_correlation;
    e.survenu_le := p_survenu_le;
    e.inscrit_le := clock_timestamp();
    e.ere := journal_ere();
    e.xid := pg_current_xact_id();
    e.empreinte := journal_feuille(e);
    INSERT INTO journal_entree SELECT e.*;
    RETURN e.id;
END $$;

-- Merkle root in the manner of RFC 6962: a node is sha256(01 || left || right), an odd last node goes up unchanged.
CREATE FUNCTION journal_racine(feuilles bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    WHILE cardinality(feuilles) > 1 LOOP
        feuilles := ARRAY(
            SELECT CASE WHEN droite IS NULL THEN gauche ELSE sha256('\x01'::bytea || gauche || droite) END
            FROM (
                SELECT noeud AS gauche, lead(noeud) OVER (ORDER BY i) AS droite, i
                FROM unnest(feuilles) WITH ORDINALITY AS n(noeud, i)
            ) AS paires
            WHERE i % 2 = 1 ORDER BY i
        );
    END LOOP;
    RETURN feuilles[1];
END $$;

CREATE FUNCTION journal_maillon(
    precedent bytea, numero bigint, ere text, xid_de xid8, xid_a xid8, nombre integer, racine bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT sha256('\x02'::bytea || precedent || racine || convert_to(
        jsonb_build_array(numero, ere, xid_de::text, xid_a::text, nombre)::text, 'UTF8'))
$$;

-- Seals, in transaction order, every entry that no running transaction can precede any more. Takes no lock on writers.
-- Entries of another era come from a restored dump: all their transactions have ended, they are sealed first.
-- Returns the number of entries sealed; -1 when another sealer is at work.
CREATE FUNCTION journal_sceller(p_au_plus integer DEFAULT 100000) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
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
        INSERT INTO journal_position (scellement, rang, entree, inscrit_le)
        SELECT s.numero, row_number() OVER (ORDER BY xid, inscrit_le, id), id, inscrit_le
        FROM journal_entree WHERE ere = s.ere AND xid >= s.xid_de AND xid < s.xid_a
        RETURNING rang, entree, inscrit_le
    )
    SELECT array_agg(j.empreinte ORDER BY p.rang), count(*) INTO feuilles, s.nombre
    FROM p JOIN journal_entree j ON j.inscrit_le = p.inscrit_le AND j.id = p.entree;
    IF s.nombre = 0 THEN
        RETURN 0;
    END IF;
    s.racine := journal_racine(feuilles);
    s.empreinte := journal_maillon(s.precedent, s.numero, s.ere, s.xid_de, s.xid_a, s.nombre, s.racine);
    s.scelle_le := clock_timestamp();
    INSERT INTO journal_scellement SELECT s.*;
    RETURN s.nombre;
END $$;

CREATE FUNCTION refuser_ecriture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;

-- Opens the partition of a month (idempotent) with its refusing triggers. Callable by the worker, owned by the owner.
CREATE FUNCTION journal_ouvrir_mois(p_jour date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    debut date := date_trunc('month', p_jour)::date;
    nom text := 'journal_entree_' || to_char(debut, 'YYYY_MM');
BEGIN
    IF p_jour NOT BETWEEN current_date - 62 AND current_date + 190 THEN
        RAISE EXCEPTION 'mois hors de la fenêtre des partitions : %', p_jour;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_ouvrir_mois'));
    IF to_regclass('public.' || nom) IS NOT NULL THEN
        RETURN nom;
    END IF;
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.journal_entree FOR VALUES FROM (%L) TO (%L)',
        nom, debut::timestamp AT TIME ZONE 'UTC', (debut + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    PERFORM proteger_ajout_seul('public.' || nom);
    RETURN nom;
END $$;

-- Two triggers that refuse whatever is not an INSERT, for the owner too.
CREATE FUNCTION proteger_ajout_seul(p_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %s '
        'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture()', p_table);
    EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', p_table);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ajout_seul', p_table);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ajout_seul_vider', p_table);
END $$;

DO $$
DECLARE
    i integer;
BEGIN
    CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON journal_entree
        FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
    PERFORM proteger_ajout_seul('journal_scellement');
    PERFORM proteger_ajout_seul('journal_position');
    FOR i IN 0..2 LOOP
        PERFORM journal_ouvrir_mois((current_date + make_interval(months => i))::date);
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION journal_inscrire, journal_sceller, journal_ouvrir_mois, proteger_ajout_seul FROM PUBLIC;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("socle", "0001_fonctions")]
    operations = [
        migrations.RunSQL(TABLES, migrations.RunSQL.noop),
        migrations.RunSQL(FONCTIONS, migrations.RunSQL.noop),
    ]
