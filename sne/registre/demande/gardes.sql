-- What the database guarantees of the subject « demande », beyond what its models declare.

-- A plain foreign key would let a person point at somebody else's identity, or an identity be filed under a demande
-- whose journal entry then covers it. These keys tie each row to the same person and the same demande.
ALTER TABLE personne ADD CONSTRAINT personne_et_demande UNIQUE (id, demande_id);
ALTER TABLE identite ADD CONSTRAINT identite_et_personne UNIQUE (id, personne_id);
ALTER TABLE identite ADD CONSTRAINT identite_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE version ADD CONSTRAINT version_et_demande UNIQUE (id, demande_id, numero);

-- A replaced co-holder's row must stay: only the persons still there hold a rank.
ALTER TABLE personne ADD CONSTRAINT personne_rang
    EXCLUDE USING btree (demande_id WITH =, role WITH =, rang WITH =) WHERE (retire_le IS NULL)
    DEFERRABLE INITIALLY DEFERRED;

-- A separation is between one demande, its own person and its own title, and another demande with its own person.
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_et_demande UNIQUE (id, demande_id);
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_et_date UNIQUE (id, date_depot);
ALTER TABLE separation ADD CONSTRAINT separation_et_titre UNIQUE (id, titre_id, nouvelle_id, personne_nouvelle_id);
ALTER TABLE separation ADD CONSTRAINT separation_et_auteur UNIQUE (id, nouvelle_id, auteur);

-- An answer is of its own request, by somebody else than the person who asked, and told by an entry that names it.
ALTER TABLE requete_anteriorite ADD CONSTRAINT requete_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION', 'HERITAGE', 'ANTERIORITE', 'RESTAURATION') AND precedent_id IS NULL
        AND separation_id IS NULL
    OR acte = 'SEPARATION' AND precedent_id IS NOT NULL AND separation_id IS NOT NULL AND personne_id IS NOT NULL);
ALTER TABLE identite ADD CONSTRAINT identite_de_sa_demande
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE personne ADD CONSTRAINT personne_son_identite
    FOREIGN KEY (identite_courante_id, id) REFERENCES identite (id, personne_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_sa_demande
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE demande ADD CONSTRAINT demande_sa_version
    FOREIGN KEY (version_courante_id, id, revision) REFERENCES version (id, demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_identite ADD CONSTRAINT decision_sur_son_auteur
    FOREIGN KEY (identite_id, demande_id, auteur) REFERENCES identite (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE tentative_refusee ADD CONSTRAINT tentative_refusee_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_de_sa_personne
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_vers_sa_personne
    FOREIGN KEY (personne_nouvelle_id, nouvelle_id) REFERENCES personne (id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE separation ADD CONSTRAINT separation_de_son_titre
    FOREIGN KEY (titre_id, demande_id) REFERENCES titre_anciennete (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_meme_date
    FOREIGN KEY (precedent_id, date_depot) REFERENCES titre_anciennete (id, date_depot) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_sa_separation
    FOREIGN KEY (separation_id, precedent_id, demande_id, personne_id)
    REFERENCES separation (id, titre_id, nouvelle_id, personne_nouvelle_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_identite ADD CONSTRAINT decision_identite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;

-- The permits of this transaction. Another cluster counts its transactions anew: a number alone would open an old one.
CREATE FUNCTION purges_permises() RETURNS SETOF purge LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT * FROM purge WHERE xid = pg_current_xact_id_if_assigned() AND inscrit_le >= transaction_timestamp()
$$;
REVOKE EXECUTE ON FUNCTION purges_permises FROM PUBLIC;

-- Whether this transaction holds the permit of that demande.
CREATE FUNCTION purge_couvre(p_demande uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purges_permises() WHERE demande_id = p_demande)
$$;

CREATE UNIQUE INDEX titre_premier ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE precedent_id IS NULL AND acte NOT IN ('HERITAGE', 'ANTERIORITE', 'RESTAURATION');

-- At commit: whatever changed must be told by an entry of the same transaction that names the demande and its revision.
CREATE FUNCTION registre_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid;
    rev integer;
BEGIN
    IF tg_table_name = 'demande' THEN
        cible := coalesce(NEW.id, OLD.id);
        rev := coalesce(NEW.revision, OLD.revision);
        IF tg_op = 'UPDATE' AND NEW.revision <> OLD.revision + 1 THEN
            RAISE EXCEPTION 'demande % : la révision doit avancer d’un', cible
                USING errcode = 'integrity_constraint_violation';
        END IF;
    ELSE
        cible := coalesce(NEW.demande_id, OLD.demande_id);
        SELECT revision INTO rev FROM demande WHERE id = cible;
        IF tg_table_name = 'identite' AND tg_op = 'INSERT' THEN  -- one act may make two revisions
            rev := CASE WHEN NEW.revision <= rev THEN NEW.revision END;
        END IF;
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = cible AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = rev
        AND verbe = ANY (registre_verbes());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            cible, rev, tg_op, tg_table_name USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR DELETE OR UPDATE ON identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER DELETE OR UPDATE ON place_ouverte
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR DELETE OR UPDATE ON requete_anteriorite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();

-- Columns that no act changes once the row exists; an erased demande keeps its number, and changes no more.
CREATE FUNCTION registre_figer_demande() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (NEW.id, NEW.territoire, NEW.nud) IS DISTINCT FROM (OLD.id, OLD.territoire, OLD.nud)
        OR NEW.statut <> 'PURGEE' AND (NEW.canal, NEW.guichet_createur, NEW.date_depot, NEW.date_enregistrement,
            NEW.titulaire)
            IS DISTINCT FROM
            (OLD.canal, OLD.guichet_createur, OLD.date_depot, OLD.date_enregistrement, OLD.titulaire)
    THEN
        RAISE EXCEPTION 'demande % : numéro, territoire, dépôt et titulaire ne changent jamais', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF OLD.statut = 'PURGEE' OR NEW.statut = 'PURGEE' AND NOT purge_couvre(NEW.id) THEN
        RAISE EXCEPTION 'demande % : elle est effacée, ou ne peut pas l’être ainsi', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige BEFORE UPDATE ON demande
    FOR EACH ROW EXECUTE FUNCTION registre_figer_demande();

-- A person stays in their demande for ever, as the applicant or a co-holder; ``role_repris`` says when one becomes the
-- other.
CREATE FUNCTION registre_figer_personne() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (NEW.id, NEW.territoire, NEW.demande_id) IS DISTINCT FROM (OLD.id, OLD.territoire, OLD.demande_id)
        OR NEW.role <> OLD.role AND NEW.role NOT IN ('COTITULAIRE', 'DEMANDEUR')
    THEN
        RAISE EXCEPTION 'personne % : elle reste dans sa demande et son rôle', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fige BEFORE UPDATE ON personne
    FOR EACH ROW EXECUTE FUNCTION registre_figer_personne();

-- One sequence per territory; an unknown one has none.
CREATE FUNCTION nud_sequence(p_territoire text) RETURNS text LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF p_territoire !~ '^([0-9]{3}|02[AB])$' THEN
        RAISE EXCEPTION 'territoire inconnu : %', p_territoire USING errcode = 'invalid_parameter_value';
    END IF;
    RETURN 'nud_' || lower(p_territoire);
END $$;

-- Owner's act, when a territory opens (idempotent). Île-de-France exhausts six digits in about two years: CYCLE.
CREATE FUNCTION nud_ouvrir_territoire(p_territoire text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS public.%I MINVALUE 1 MAXVALUE 999999 CYCLE',
        nud_sequence(p_territoire));
END $$;
REVOKE EXECUTE ON FUNCTION nud_ouvrir_territoire FROM PUBLIC;

-- A new era: every sequence jumps by what the lost server may have given since its last record (dated parameters).
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
REVOKE EXECUTE ON FUNCTION nud_ouvrir_ere FROM PUBLIC;

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
REVOKE EXECUTE ON FUNCTION prochain_nud FROM PUBLIC;

-- The acts that make a revision. A new one is added here, by replacing this function.
CREATE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION', 'ANNULER', 'RETABLIR', 'PURGER', 'RESTAURER', 'VALIDER_IDENTITE',
        'DECIDER_ANTERIORITE', 'JOINDRE_PIECE', 'REMPLACER_PIECE', 'NOTER_PIECE_VUE', 'LEVER_PROTECTION',
        'EXPLIQUER_REMARQUE']
$$;

CREATE INDEX identite_ressemblance ON identite
USING gin (territoire, (nom_norm || ' ' || prenoms_norm || ' ' || usage_norm) gin_trgm_ops)
WITH (gin_pending_list_limit = 1024);

-- A version is of a revision that the demande has had.
CREATE FUNCTION registre_exiger_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM demande WHERE id = NEW.demande_id AND NEW.numero BETWEEN 1 AND revision;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'version % de la demande % : ce n’est pas une de ses révisions',
            NEW.numero, NEW.demande_id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER de_sa_revision AFTER INSERT ON version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.numero <> 1)
    EXECUTE FUNCTION registre_exiger_revision();

-- A person changes with an act that makes a revision; what is known of its address alone, with the act that says so.
CREATE FUNCTION registre_exiger_entree_de_personne() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := coalesce(NEW.demande_id, OLD.demande_id);
    verbes text[] := registre_verbes();
    rev integer;
BEGIN
    IF tg_op = 'UPDATE' AND NEW.courriel_etat <> OLD.courriel_etat
        AND to_jsonb(NEW) - 'courriel_etat' = to_jsonb(OLD) - 'courriel_etat'
    THEN
        verbes := verbes || CASE NEW.courriel_etat
            WHEN 'INVALIDE' THEN ARRAY['INVALIDER_COURRIEL']
            WHEN 'VERIFIEE' THEN ARRAY['VERIFIER_COURRIEL']
            ELSE ARRAY[]::text[]
        END;
    END IF;
    SELECT revision INTO rev FROM demande WHERE id = cible;
    PERFORM 1 FROM journal_entree
    WHERE demande = cible AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = rev AND verbe = ANY (verbes);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            cible, rev, tg_op, tg_table_name USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OR DELETE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_de_personne();

-- Enquiries and requests to lift are opened, then ended, once; an entry of the same transaction names the row.
CREATE FUNCTION registre_une_seule_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF to_jsonb(OLD) ->> tg_argv[0] IS NOT NULL THEN
        RAISE EXCEPTION '% % : sa fin est déjà écrite', tg_table_name, OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- The date that lists and statistics read is that of the title; once given it moves by a demande put back only.
CREATE FUNCTION registre_exiger_titre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND OLD.anciennete_heritee IS NOT NULL
        AND NOT registre_est_retablie(NEW.id, NEW.revision)
    THEN
        RAISE EXCEPTION 'demande % : l’ancienneté héritée ne change pas', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF coalesce(NEW.anciennete_heritee, NEW.date_depot) <> registre_anciennete(NEW.id) THEN
        RAISE EXCEPTION 'demande % : aucun titre ne donne cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER anciennete_d_un_titre AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.anciennete_heritee IS NOT NULL)
    EXECUTE FUNCTION registre_exiger_titre();
CREATE CONSTRAINT TRIGGER anciennete_d_un_titre_ensuite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.anciennete_heritee IS DISTINCT FROM OLD.anciennete_heritee AND NEW.statut <> 'PURGEE')
    EXECUTE FUNCTION registre_exiger_titre();

-- What is examined apart says nothing of the household that its revision does not: written once for each revision, with
-- nothing else, it needs neither a revision of its own nor an entry.
CREATE FUNCTION registre_exiger_entree_de_demande() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND NEW.revision = OLD.revision AND OLD.remarques IS NULL AND NEW.remarques IS NOT NULL
        AND to_jsonb(NEW) - ARRAY['remarques', 'elements_manquants']
            = to_jsonb(OLD) - ARRAY['remarques', 'elements_manquants']
    THEN
        RETURN NULL;
    END IF;
    IF tg_op = 'UPDATE' AND NEW.revision <> OLD.revision + 1 THEN
        RAISE EXCEPTION 'demande % : la révision doit avancer d’un', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = coalesce(NEW.id, OLD.id) AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = coalesce(NEW.revision, OLD.revision)
        AND verbe = ANY (registre_verbes());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            coalesce(NEW.id, OLD.id), coalesce(NEW.revision, OLD.revision), tg_op, tg_table_name
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR UPDATE OR DELETE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_de_demande();
ALTER TABLE purge ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX purge_xid ON purge (xid);
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR DELETE ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();

CREATE UNIQUE INDEX titre_anterieur ON titre_anciennete (demande_id, personne_id, acte, survenu_le) NULLS NOT DISTINCT
    WHERE acte IN ('ANTERIORITE', 'RESTAURATION');

-- The eras in which numbers were given. A restored dump may miss the last numbers given before the loss: on entering
-- a new era every sequence jumps ahead, so that none of them is given twice.
CREATE TABLE nud_ere (
    ere text PRIMARY KEY,
    marge integer NOT NULL,
    ouverte_le timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Seniority: the title of a deposit says the day of the deposit, that of somebody who joins later, no earlier day; none
-- is inherited from nowhere (a title says « HERITAGE » once what it came from is erased, by the erasure alone). While a
-- demande is being registered it is not there yet, and both are written together.
CREATE FUNCTION registre_garder_titre() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    depot date;
BEGIN
    SELECT date_depot INTO depot FROM demande WHERE id = NEW.demande_id;
    IF NEW.acte = 'HERITAGE' OR NEW.date_depot < depot OR NEW.acte <> 'ADJONCTION' AND NEW.date_depot <> depot THEN
        RAISE EXCEPTION 'titre % : aucun acte ne donne cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garde BEFORE INSERT ON titre_anciennete FOR EACH ROW
    WHEN (NEW.acte NOT IN ('SEPARATION', 'ANTERIORITE', 'RESTAURATION')) EXECUTE FUNCTION registre_garder_titre();

-- ``ListeCivilite``: 1 for a man, 2 and 3 for a woman.
CREATE FUNCTION registre_sexe(civilite text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT CASE civilite WHEN '3' THEN '2' ELSE civilite END
$$;

-- An identity leaves its person's row when another takes its place, or when its person leaves the demande.
CREATE FUNCTION registre_noter_quittee() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO identite_quittee (identite_id, territoire, demande_id, nir_empreinte, date_naissance, nom_norm,
        prenoms_norm)
    SELECT i.id, i.territoire, i.demande_id, i.nir_empreinte, i.date_naissance, i.nom_norm, i.prenoms_norm
    FROM identite i
    WHERE NOT i.retrait AND (i.id = OLD.identite_courante_id
        OR i.id = NEW.identite_courante_id AND NEW.retire_le IS NOT NULL)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER quittee AFTER UPDATE OF identite_courante_id, retire_le ON personne FOR EACH ROW
    WHEN (NEW.identite_courante_id <> OLD.identite_courante_id OR NEW.retire_le IS NOT NULL)
    EXECUTE FUNCTION registre_noter_quittee();

-- The date that a demande counts from is that of the last act that gave it one, else that of its deposit.
CREATE FUNCTION registre_anciennete(p_demande uuid, p_a timestamptz DEFAULT 'infinity') RETURNS date
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce((SELECT t.date_depot FROM titre_anciennete t
        WHERE t.demande_id = p_demande AND t.survenu_le <= p_a
            AND t.acte IN ('SEPARATION', 'HERITAGE', 'ANTERIORITE', 'RESTAURATION')
        ORDER BY t.inscrit_le DESC, t.id DESC LIMIT 1),
        (SELECT date_depot FROM demande WHERE id = p_demande))
$$;

-- What an era opens with may miss the last numbers given before the loss: every sequence jumps ahead by more than they
-- were. A promotion misses the last seconds; each line of history has its own place, so that of two standbys promoted
-- one after the other, neither gives what the other gave. What comes from another cluster, or stops an hour ago or
-- more, was restored: it may be of the day before.
CREATE FUNCTION nud_marge(p_code text) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (p.valeur #>> '{}')::integer FROM parametre p
    WHERE p.code = p_code
        AND coalesce(p.debut, '-infinity') <= current_date AND coalesce(p.fin, 'infinity') >= current_date
    ORDER BY p.debut DESC NULLS LAST LIMIT 1
$$;

-- The era in which the last number was given: the latest one opened, since a dump may come back to an older one.
CREATE FUNCTION nud_derniere_ere() RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT ere FROM nud_ere ORDER BY ouverte_le DESC LIMIT 1
$$;

-- The instant when a demande ended, which nobody chooses; in a fictional database, that of the act.
CREATE FUNCTION registre_estampiller_la_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.inscrit_le := CASE WHEN base_admet('AUTRE_JOUR') THEN NEW.survenu_le ELSE clock_timestamp() END;
    RETURN NEW;
END $$;

-- What is sent online is received today; when and by whom it was sent, nobody changes afterwards.
CREATE FUNCTION registre_dater_l_envoi() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'INSERT' AND NOT base_admet('AUTRE_JOUR')
            AND NEW.envoye_le NOT BETWEEN clock_timestamp() - interval '1 day' AND clock_timestamp() + interval '1 minute'
        OR tg_op = 'UPDATE' AND (NEW.id, NEW.territoire, NEW.compte, NEW.envoye_le, NEW.niveau)
            IS DISTINCT FROM (OLD.id, OLD.territoire, OLD.compte, OLD.envoye_le, OLD.niveau)
    THEN
        RAISE EXCEPTION 'envoi en ligne % : il est reçu le jour où il est envoyé', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER datee BEFORE INSERT OR UPDATE ON depot_en_ligne
    FOR EACH ROW EXECUTE FUNCTION registre_dater_l_envoi();

-- A demande is registered today (or yesterday, when midnight has just struck), and dated at most so many days before,
-- of the day when it was sent online, or of that when the person who left by a restoration had come. Older ones are
-- taken over, where the owner lets them be.
CREATE FUNCTION registre_exiger_date() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    jour date := (clock_timestamp() AT TIME ZONE 'Europe/Paris')::date;
BEGIN
    IF NEW.date_enregistrement NOT BETWEEN jour - 1 AND jour
        AND NOT (base_admet('AUTRE_JOUR') OR base_admet('REPRISE'))
        OR NEW.date_depot > NEW.date_enregistrement
        OR NEW.date_depot < NEW.date_enregistrement
            - coalesce(parametre_entier('depot_anterieur_max_jours', NEW.date_enregistrement), 0)
            AND NOT EXISTS (SELECT FROM decision_restauration WHERE nouvelle_id = NEW.id AND issue = 'ACCEPTEE')
            AND NOT EXISTS (SELECT FROM depot_en_ligne WHERE demande_id = NEW.id
                AND (envoye_le AT TIME ZONE 'Europe/Paris')::date = NEW.date_depot)
    THEN
        RAISE EXCEPTION 'demande % : personne n’a accordé la date du %', NEW.id, NEW.date_depot
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER datee AFTER INSERT ON demande DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_date();

-- An open demande keeps the place of each number that its persons hold: no other one may be opened under it.
CREATE FUNCTION registre_garder_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM demande d JOIN personne p ON p.demande_id = d.id JOIN identite i ON i.id = p.identite_courante_id
    WHERE d.id = OLD.demande_id AND d.statut IN ('ACTIVE', 'EXPIREE') AND p.retire_le IS NULL
        AND i.nir_empreinte = OLD.nir_empreinte
        AND NOT EXISTS (SELECT FROM place_ouverte x WHERE x.demande_id = d.id AND x.nir_empreinte = OLD.nir_empreinte);
    IF FOUND THEN
        RAISE EXCEPTION 'demande % : ouverte, elle garde la place de ses titulaires', OLD.demande_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER gardee AFTER DELETE ON place_ouverte DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_garder_place();
