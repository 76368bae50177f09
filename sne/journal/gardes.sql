-- What the database guarantees of journal, beyond what its models declare.

-- One partition a month, so that a month leaves at once; nobody but the functions below writes here.
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
CREATE INDEX journal_entree_xid ON journal_entree (ere, xid);
-- Acts by the person who did them, and by the counter they were done for, in the order of pages; searches by what they
-- found.
CREATE INDEX journal_entree_agent ON journal_entree ((acteur ->> 'id'), survenu_le, id);
CREATE INDEX journal_entree_guichet ON journal_entree (territoire, (acteur ->> 'guichet'), survenu_le, id);
-- Acts that lists since an instant are made of.
CREATE INDEX journal_entree_listees ON journal_entree (verbe, inscrit_le) WHERE verbe IN ('RADIER', 'CONSIGNER_DALO', 'REPRENDRE_SERVICE');
CREATE INDEX journal_entree_trouvees ON journal_entree USING gin ((faits -> 'demandes')) WHERE verbe = 'RECHERCHER';

-- The values that an entry is engaged to, apart: they can be erased, the entry stays provable.
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
CREATE INDEX journal_scellement_ere ON journal_scellement (ere, xid_a);
CREATE INDEX journal_scellement_instant ON journal_scellement (scelle_le);

CREATE TABLE journal_position (
    scellement bigint NOT NULL,
    rang integer NOT NULL,
    entree uuid NOT NULL UNIQUE,
    inscrit_le timestamptz NOT NULL,
    empreinte bytea NOT NULL,
    PRIMARY KEY (scellement, rang)
);

CREATE TABLE journal_abonnement (
    abonne varchar(60) PRIMARY KEY,
    scellement bigint NOT NULL,
    avance_le timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The cluster and the line of history we write in: a dump restored elsewhere, or a promotion, opens a new era. The
-- control file tells the line of the last checkpoint: after a promotion, that is the former one for minutes.
CREATE FUNCTION journal_ere() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.system_identifier || '/' || CASE
        WHEN pg_is_in_recovery() THEN (SELECT c.timeline_id FROM pg_control_checkpoint() c)
        ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer
    END FROM pg_control_system() s
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

-- What an entry holds of a value apart: its salted hash, from which the value cannot be guessed.
CREATE FUNCTION journal_engagement(sel bytea, champ text, cote text, valeur text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(sel || convert_to(jsonb_build_array(champ, cote, valeur)::text, 'UTF8')), 'hex')
$$;

-- One entry: a batch of one.
CREATE FUNCTION journal_inscrire(
    p_territoire text, p_demande uuid, p_revision integer, p_verbe text, p_acteur jsonb, p_faits jsonb,
    p_valeurs jsonb, p_correlation uuid, p_survenu_le timestamptz
) RETURNS uuid LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT journal_inscrire_en_lot(jsonb_build_array(jsonb_build_object(
        'territoire', p_territoire, 'demande', p_demande, 'revision', p_revision, 'verbe', p_verbe, 'acteur', p_acteur,
        'faits', p_faits, 'valeurs', p_valeurs, 'correlation', p_correlation, 'survenu_le', p_survenu_le)))
$$;
REVOKE EXECUTE ON FUNCTION journal_inscrire FROM PUBLIC;

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

-- A seal is chained to the one before: none can be taken away, or put between two.
CREATE FUNCTION journal_maillon(
    precedent bytea, numero bigint, ere text, xid_de xid8, xid_a xid8, nombre integer, racine bytea
) RETURNS bytea LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT sha256('\x02'::bytea || precedent || racine || convert_to(
        jsonb_build_array(numero, ere, xid_de::text, xid_a::text, nombre)::text, 'UTF8'))
$$;

-- Seals, in transaction order, every entry that no running transaction can precede any more. Takes no lock on writers.
-- Those of another era come from a restored dump, or from a server that was lost: all their transactions have ended.
-- Returns the number of entries sealed; -1 when another sealer is at work.
CREATE FUNCTION journal_sceller(p_au_plus integer DEFAULT 100000) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
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
    s.precedent := coalesce(dernier.empreinte, '\x'::bytea);
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
REVOKE EXECUTE ON FUNCTION journal_sceller FROM PUBLIC;
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON journal_valeur
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE journal_valeur ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- Makes the partition of a month (idempotent) with its refusing triggers: the owner's, for a month received as well.
CREATE FUNCTION journal_creer_mois(p_jour date) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    debut date := date_trunc('month', p_jour)::date;
    nom text := 'journal_entree_' || to_char(debut, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('journal_ouvrir_mois'));
    IF to_regclass('public.' || nom) IS NOT NULL THEN
        RETURN nom;
    END IF;
    EXECUTE format('CREATE TABLE public.%I PARTITION OF public.journal_entree FOR VALUES FROM (%L) TO (%L)',
        nom, debut::timestamp AT TIME ZONE 'UTC', (debut + interval '1 month')::timestamp AT TIME ZONE 'UTC');
    PERFORM proteger_ajout_seul('public.' || nom);
    RETURN nom;
END $$;
REVOKE EXECUTE ON FUNCTION journal_creer_mois FROM PUBLIC;

-- Opens a month near now. Callable by the worker, owned by the owner.
CREATE FUNCTION journal_ouvrir_mois(p_jour date) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF p_jour NOT BETWEEN current_date - 62 AND current_date + 190 THEN
        RAISE EXCEPTION 'mois hors de la fenêtre des partitions : %', p_jour;
    END IF;
    RETURN journal_creer_mois(p_jour);
END $$;
REVOKE EXECUTE ON FUNCTION journal_ouvrir_mois FROM PUBLIC;

-- Two triggers that refuse whatever is not an INSERT, for the owner too.
CREATE FUNCTION proteger_ajout_seul(p_table regclass) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %s '
        'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture()', p_table);
    EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', p_table);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ajout_seul', p_table);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ajout_seul_vider', p_table);
END $$;
REVOKE EXECUTE ON FUNCTION proteger_ajout_seul FROM PUBLIC;

-- The only way in. The identifier, the instant, the transaction, the salts and the hashes are made here, so that nobody
-- chooses them.
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
        (id, territoire, demande, revision, verbe, acteur, faits, correlation, survenu_le, inscrit_le, ere, xid,
        empreinte)
    SELECT e.*, journal_feuille(ROW(e.*, NULL)::journal_entree) FROM ecrites e
    RETURNING id;
END $$;
REVOKE EXECUTE ON FUNCTION journal_inscrire_en_lot FROM PUBLIC;

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
REVOKE EXECUTE ON FUNCTION journal_tuiler FROM PUBLIC;

-- A checkpoint follows the one before, and says of the seals what they say, in its row and in its text. Whether it is
-- signed, only a verifier can tell.
CREATE FUNCTION journal_garder_jalon() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    dernier journal_jalon;
    sceau journal_scellement;
BEGIN
    SELECT * INTO dernier FROM journal_jalon ORDER BY numero DESC LIMIT 1;
    SELECT * INTO sceau FROM journal_scellement WHERE numero = NEW.scellement;
    IF NEW.numero <> coalesce(dernier.numero, 0) + 1
        OR NEW.scellement <= coalesce(dernier.scellement, 0) OR NEW.pose_le > clock_timestamp()
        OR NEW.entrees - coalesce(dernier.entrees, 0) IS DISTINCT FROM (
            SELECT sum(nombre) FROM journal_scellement
            WHERE numero > coalesce(dernier.scellement, 0) AND numero <= NEW.scellement)
        OR (string_to_array(NEW.note, E'\n'))[2] IS DISTINCT FROM NEW.scellement::text
        OR (string_to_array(NEW.note, E'\n'))[4:7] IS DISTINCT FROM ARRAY['jalon ' || NEW.numero, 'ere ' || sceau.ere,
            'entrees ' || NEW.entrees, 'chaine ' || translate(encode(sceau.empreinte, 'base64'), E'\n', '')]
    THEN
        RAISE EXCEPTION 'le jalon % ne suit pas le précédent', NEW.numero USING errcode = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER suivre BEFORE INSERT ON journal_jalon FOR EACH ROW EXECUTE FUNCTION journal_garder_jalon();

-- Whether the month of this entry is being taken away in this transaction.
ALTER TABLE journal_retrait ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();

-- Whether the month of this entry is being taken away in this transaction. Another cluster counts its transactions
-- anew: a number alone would open an old removal again.
CREATE FUNCTION journal_retrait_couvre(p_entree uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM journal_retrait r JOIN journal_position p ON p.entree = p_entree
        WHERE r.xid = pg_current_xact_id_if_assigned() AND r.retire_le >= transaction_timestamp()
            AND p.inscrit_le >= r.mois::timestamp AT TIME ZONE 'UTC'
            AND p.inscrit_le < (r.mois + interval '1 month') AT TIME ZONE 'UTC'
    )
$$;

-- The eras that ended and still have entries to seal, the oldest first, and from which transaction on. Those of another
-- cell were sealed over there: their entries came with a territory.
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
    WHERE x.ere <> journal_ere() AND NOT EXISTS (SELECT FROM journal_ere_ailleurs a WHERE a.ere = x.ere)
    ORDER BY premiere.inscrit_le
$$;

-- What was delivered stays delivered; a cursor never passes the last seal either.
CREATE FUNCTION journal_garder_abonnement() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND (NEW.abonne <> OLD.abonne OR NEW.scellement < OLD.scellement)
        OR NEW.scellement > (SELECT coalesce(max(numero), 0) FROM journal_scellement)
    THEN
        RAISE EXCEPTION 'abonné % : sa position ne fait qu’avancer, jusqu’au dernier scellement', NEW.abonne
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER avance BEFORE INSERT OR UPDATE ON journal_abonnement
    FOR EACH ROW EXECUTE FUNCTION journal_garder_abonnement();

-- At commit: an entry of this transaction has one of these verbs (first argument), and its fact of that name (second)
-- is, or lists, that column of the row (third); with a fourth, it is of the row's demande at the row's revision.
CREATE FUNCTION journal_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ligne jsonb := CASE WHEN tg_op = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    cible text := ligne ->> tg_argv[2];
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE xid = pg_current_xact_id() AND inscrit_le >= transaction_timestamp()
        AND verbe = ANY (string_to_array(tg_argv[0], ',')) AND faits -> tg_argv[1] ? cible
        AND (tg_nargs < 4
            OR demande = (ligne ->> 'demande_id')::uuid AND revision = (ligne ->> 'revision')::integer);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de % (% sans %)',
            cible, tg_table_name, tg_op, tg_argv[0] USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The same, of an entry about the demande of the row: found by it, where the other reads all those of the transaction.
CREATE FUNCTION journal_exiger_entree_du_dossier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    ligne jsonb := CASE WHEN tg_op = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    cible text := ligne ->> tg_argv[2];
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = (ligne ->> 'demande_id')::uuid AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id()
        AND verbe = ANY (string_to_array(tg_argv[0], ',')) AND faits -> tg_argv[1] ? cible;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la ligne % de % (% sans %)',
            cible, tg_table_name, tg_op, tg_argv[0] USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Each month is guarded as it opens (``journal_ouvrir_mois``), the whole against TRUNCATE; three months are open at
-- first.
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON journal_entree FOR EACH STATEMENT EXECUTE FUNCTION
refuser_ecriture(); SELECT journal_ouvrir_mois((current_date + make_interval(months => i))::date) FROM
generate_series(0, 2) i;
