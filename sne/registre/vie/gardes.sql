-- What the database guarantees of the subject « vie », beyond what its models declare.

ALTER TABLE radiation ADD CONSTRAINT radiation_et_demande UNIQUE (id, demande_id);
ALTER TABLE preavis ADD CONSTRAINT preavis_et_demande UNIQUE (id, demande_id);
ALTER TABLE annulation ADD CONSTRAINT annulation_et_demande UNIQUE (id, demande_id);
ALTER TABLE radiation ADD CONSTRAINT radiation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reactivation ADD CONSTRAINT reactivation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reactivation ADD CONSTRAINT reactivation_de_sa_demande
    FOREIGN KEY (radiation_id, demande_id) REFERENCES radiation (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE preavis_echec ADD CONSTRAINT preavis_echec_de_son_dossier
    FOREIGN KEY (preavis_id, demande_id) REFERENCES preavis (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE annulation ADD CONSTRAINT annulation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE retablissement ADD CONSTRAINT retablissement_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE retablissement ADD CONSTRAINT retablissement_de_sa_demande
    FOREIGN KEY (annulation_id, demande_id) REFERENCES annulation (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE preavis ADD CONSTRAINT preavis_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE preavis_echec ADD CONSTRAINT preavis_echec_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;

-- No demande is struck off, or leaves that state, without the row that says why.
CREATE FUNCTION registre_exiger_radiation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.statut = 'RADIEE' THEN
        PERFORM 1 FROM radiation WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSIF NEW.statut = 'PURGEE' THEN
        PERFORM 1 FROM purge WHERE demande_id = NEW.id;
    ELSE
        PERFORM 1 FROM reactivation WHERE demande_id = NEW.id AND revision = NEW.revision;
    END IF;
    -- Struck off then erased in one transaction, its striking-off has gone with the rest.
    IF NOT FOUND AND NOT EXISTS (SELECT FROM purge WHERE demande_id = NEW.id) THEN
        RAISE EXCEPTION 'demande % : ni radiation ni réactivation à la révision %', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER radiation_dite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.statut <> NEW.statut AND 'RADIEE' IN (OLD.statut, NEW.statut))
    EXECUTE FUNCTION registre_exiger_radiation();
CREATE CONSTRAINT TRIGGER radiation_reprise AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.statut = 'RADIEE')
    EXECUTE FUNCTION registre_exiger_radiation();

-- No demande is taken back, or put back, without the row that says why.
CREATE FUNCTION registre_exiger_annulation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.statut = 'ANNULEE' THEN
        PERFORM 1 FROM annulation WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSIF NEW.statut <> 'PURGEE' THEN
        PERFORM 1 FROM retablissement WHERE demande_id = NEW.id AND revision = NEW.revision;
    ELSE
        RETURN NULL;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : ni annulation ni rétablissement à la révision %', NEW.id, NEW.revision
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- What is kept is open, of the same territory and as old; nobody takes back what they registered themselves; a demande
-- that was ever changed is no mistake of entry.
CREATE FUNCTION registre_exiger_double() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM demande d
    JOIN demande g ON g.id = NEW.gardee_id AND g.territoire = d.territoire AND g.statut IN ('ACTIVE', 'EXPIREE')
        AND coalesce(g.anciennete_heritee, g.date_depot) <= d.date_depot
    JOIN version v ON v.demande_id = d.id AND v.numero = 1 AND v.auteur <> NEW.auteur
    WHERE d.id = NEW.demande_id AND d.anciennete_heritee IS NULL AND NEW.revision = 2;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'annulation % : cette demande n’est pas un double qui s’annule', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER double AFTER INSERT ON annulation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_double();
CREATE CONSTRAINT TRIGGER annulation_dite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.statut <> NEW.statut AND 'ANNULEE' IN (OLD.statut, NEW.statut))
    EXECUTE FUNCTION registre_exiger_annulation();
CREATE CONSTRAINT TRIGGER annulation_d_abord AFTER INSERT ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.statut = 'ANNULEE')
    EXECUTE FUNCTION registre_exiger_annulation();

-- A double that somebody asks to be taken back, until it is decided.
CREATE FUNCTION attente_due_annulation(d demande) RETURNS SETOF attente_due_ligne LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.id, 'ANNULATION', 'REPONSES', r.guichet::text, r.auteur, r.survenu_le, NULL::date
    FROM requete_annulation r WHERE r.demande_id = d.id AND r.clos_le IS NULL
$$;

-- The delay counts from the end, or from the day when it was inscribed if that is later; and its day has come.
CREATE FUNCTION purge_verifier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    d demande;
    depuis date;
    mois integer;
BEGIN
    SELECT * INTO d FROM demande WHERE id = NEW.demande_id;
    IF d.statut = 'RADIEE' THEN
        NEW.apres := 'RADIATION';
        SELECT greatest(r.date_radiation, (r.inscrit_le AT TIME ZONE 'Europe/Paris')::date) INTO depuis
        FROM radiation r WHERE r.demande_id = d.id ORDER BY r.revision DESC LIMIT 1;
    ELSIF d.statut = 'ANNULEE' THEN
        NEW.apres := 'ANNULATION';
        SELECT (greatest(a.survenu_le, a.inscrit_le) AT TIME ZONE 'Europe/Paris')::date INTO depuis FROM annulation a
        WHERE a.demande_id = d.id AND NOT EXISTS (SELECT FROM retablissement r WHERE r.annulation_id = a.id)
        ORDER BY a.revision DESC LIMIT 1;
    END IF;
    SELECT (p.valeur #>> '{}')::integer INTO mois FROM parametre p
    WHERE p.code = 'purge_mois_apres_' || lower(NEW.apres)
        AND coalesce(p.debut, '-infinity') <= NEW.jour AND coalesce(p.fin, 'infinity') >= NEW.jour
    ORDER BY p.debut DESC NULLS LAST LIMIT 1;
    IF depuis IS NULL OR mois IS NULL
        OR NEW.jour > (clock_timestamp() AT TIME ZONE 'Europe/Paris')::date AND NOT base_admet('AUTRE_JOUR')
        OR NEW.jour < (depuis + make_interval(months => mois))::date OR d.territoire <> NEW.territoire
        OR EXISTS (SELECT FROM gel WHERE demande_id = d.id AND leve_le IS NULL)
        OR EXISTS (SELECT FROM demande_enquetee x JOIN dossier_enquete q ON q.id = x.enquete_id
            WHERE x.demande_id = d.id AND q.clos_le IS NULL)
        OR EXISTS (SELECT FROM separation s WHERE s.demande_id = d.id AND s.a_decider <> '{}'
            AND NOT EXISTS (SELECT FROM decision_separation z WHERE z.separation_id = s.id))
    THEN
        RAISE EXCEPTION 'demande % : elle ne peut pas être effacée le %', NEW.demande_id, NEW.jour
            USING errcode = 'integrity_constraint_violation';
    END IF;
    NEW.ensembles := ARRAY(SELECT m.ensemble_id FROM ensemble_membre m
        WHERE m.ensemble_id IN (SELECT x.ensemble_id FROM ensemble_membre x WHERE x.demande_id = d.id)
        GROUP BY m.ensemble_id HAVING count(*) FILTER (WHERE m.demande_id <> d.id) < 2);
    NEW.xid := pg_current_xact_id();
    NEW.inscrit_le := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER permise BEFORE INSERT ON purge FOR EACH ROW EXECUTE FUNCTION purge_verifier();

-- A permit is used whole: at commit the demande is erased, and an entry of the same transaction says so.
CREATE FUNCTION purge_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree e JOIN demande d ON d.id = e.demande AND d.revision = e.revision
    WHERE e.demande = NEW.demande_id AND d.statut = 'PURGEE' AND e.verbe = 'PURGER'
        AND e.inscrit_le >= transaction_timestamp() AND e.xid = pg_current_xact_id()
        AND e.faits ->> 'purge' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme l’effacement %', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON purge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION purge_exiger_entree();

CREATE INDEX journal_valeur_mots ON journal_valeur USING gin (string_to_array(normaliser(valeur), ' '))
    WHERE champ = 'recherche';

CREATE INDEX journal_valeur_chiffres ON journal_valeur (right(regexp_replace(valeur, '[^0-9]', '', 'g'), 9))
    WHERE champ = 'recherche';

-- Deletes what was typed to find a demande; returns how many texts.
CREATE FUNCTION purge_effacer_recherches(d demande) RETURNS bigint LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    total bigint;
    n bigint;
    p record;
BEGIN
    DELETE FROM journal_valeur v USING journal_entree e
    WHERE v.champ = 'recherche' AND v.entree = e.id AND e.verbe = 'RECHERCHER' AND e.faits -> 'demandes' ? d.id::text;
    GET DIAGNOSTICS total = ROW_COUNT;
    FOR p IN
        -- For each person, past identities included: the words of surnames, and all the words of the person.
        SELECT array_agg(DISTINCT m.mot) FILTER (WHERE m.nom) AS noms, array_agg(DISTINCT m.mot) AS mots, '' AS chiffres
        FROM identite i CROSS JOIN LATERAL (
            SELECT unnest(string_to_array(i.nom_norm || ' ' || i.usage_norm, ' ')) AS mot, true AS nom
            UNION ALL SELECT unnest(string_to_array(i.prenoms_norm, ' ')), false
        ) m
        WHERE i.demande_id = d.id AND m.mot <> '' GROUP BY i.personne_id
        UNION ALL
        SELECT string_to_array(normaliser(courriel), ' '), string_to_array(normaliser(courriel), ' '),
            right(regexp_replace(telephone, '[^0-9]', '', 'g'), 9)
        FROM personne WHERE demande_id = d.id
    LOOP
        DELETE FROM journal_valeur v USING journal_entree e
        WHERE v.champ = 'recherche' AND v.entree = e.id AND e.territoire IN (d.territoire, '')
            AND string_to_array(normaliser(v.valeur), ' ') && p.noms
            AND string_to_array(normaliser(v.valeur), ' ') <@ p.mots;
        GET DIAGNOSTICS n = ROW_COUNT;
        total := total + n;
        IF length(p.chiffres) = 9 THEN
            DELETE FROM journal_valeur v USING journal_entree e
            WHERE v.champ = 'recherche' AND v.entree = e.id AND e.territoire IN (d.territoire, '')
                AND right(regexp_replace(v.valeur, '[^0-9]', '', 'g'), 9) = p.chiffres;
            GET DIAGNOSTICS n = ROW_COUNT;
            total := total + n;
        END IF;
    END LOOP;
    RETURN total;
END $$;
REVOKE EXECUTE ON FUNCTION purge_effacer_recherches FROM PUBLIC;

-- Pours the anonymous rows of each territory that has at least so many of them: in no order, under keys drawn at
-- random, in one transaction, so that none of them can be tied to an erasure. Returns how many were poured.
CREATE FUNCTION registre_verser_statistiques(p_au_moins integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    n integer;
BEGIN
    LOCK TABLE statistique_a_verser IN EXCLUSIVE MODE;
    WITH pretes AS (
        DELETE FROM statistique_a_verser s
        WHERE (SELECT count(*) FROM statistique_a_verser x WHERE x.territoire = s.territoire) >= p_au_moins
        RETURNING s.*
    )
    INSERT INTO statistique_effacee (id, territoire, annee_depot, trimestre_radiation, motif, menage, typologie,
    anciennete,
        deja_locataire, attribution)
    SELECT gen_random_uuid(), territoire, annee_depot, trimestre_radiation, motif, menage, typologie, anciennete,
        deja_locataire, attribution
    FROM pretes ORDER BY random();
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
REVOKE EXECUTE ON FUNCTION registre_verser_statistiques FROM PUBLIC;
CREATE TRIGGER estampille BEFORE INSERT ON annulation FOR EACH ROW EXECUTE FUNCTION registre_estampiller_la_fin();
CREATE TRIGGER estampille BEFORE INSERT ON radiation FOR EACH ROW EXECUTE FUNCTION registre_estampiller_la_fin();

-- Nothing of these tables changes or goes, but what an erasure of this transaction covers: the rule by which it erases
-- them is the rule by which it may. An argument says what else may go with an erasure.
CREATE FUNCTION refuser_ecriture_sauf_purge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    p purge;
    regle text;
    permis boolean;
    ligne jsonb := to_jsonb(OLD);
BEGIN
    FOR p IN SELECT * FROM purges_permises() LOOP
        IF tg_op = 'DELETE' THEN
            SELECT concat_ws(' OR ', e.condition, tg_argv[0]) INTO regle FROM effacement e WHERE e.quoi = tg_table_name;
            EXECUTE format('SELECT EXISTS (SELECT FROM jsonb_populate_record(NULL::%I, $3) ligne WHERE %s)',
                tg_table_name, regle) INTO permis USING p.demande_id, p.ensembles, ligne;
            IF permis THEN
                RETURN OLD;
            END IF;
        -- A title that descends from an erased one keeps its date, and no longer says from which.
        ELSIF tg_table_name = 'titre_anciennete' AND EXISTS (
                SELECT FROM separation x
                WHERE x.id = (ligne ->> 'separation_id')::uuid AND x.demande_id = p.demande_id)
            AND to_jsonb(NEW) = ligne || '{"acte": "HERITAGE", "precedent_id": null, "separation_id": null}'
        THEN
            RETURN NEW;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'table % : % refusé, on n’y fait qu’ajouter', tg_table_name, tg_op
        USING errcode = 'insufficient_privilege';
END $$;

-- The values of an entry that names the demande go with it, and so may those typed in a search, which names none; those
-- of a month leave with their month, under its signed removal.
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON journal_valeur
    FOR EACH ROW WHEN (NOT journal_retrait_couvre(OLD.entree))
    EXECUTE FUNCTION refuser_ecriture_sauf_purge('ligne.champ = ''recherche''');
ALTER TABLE journal_valeur ENABLE ALWAYS TRIGGER ajout_seul;

-- Erases a demande: the permit first, then every row that the rules (``effacement``) give it, those that refer before
-- those that they refer to. Each module declares its own tables beside their models (``Gardes.efface_par``).
CREATE FUNCTION registre_purger(p_demande uuid, p_auteur uuid, p_survenu_le timestamptz)
RETURNS TABLE(purge_id uuid, comptes jsonb) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    d demande;
    v_purge uuid := gen_random_uuid();
    v_version uuid := gen_random_uuid();
    v_jour date := (p_survenu_le AT TIME ZONE 'Europe/Paris')::date;
    v_comptes jsonb;
    v_seuls uuid[];
    v_proches uuid[];
    n bigint;
    regle effacement;
BEGIN
    SELECT * INTO d FROM demande WHERE id = p_demande FOR UPDATE;
    INSERT INTO purge (id, territoire, demande_id, jour, auteur, survenu_le)
    VALUES (v_purge, coalesce(d.territoire, ''), p_demande, v_jour, p_auteur, p_survenu_le)
    RETURNING ensembles INTO v_seuls;

    v_proches := ARRAY(SELECT DISTINCT m.demande_id FROM ensemble_membre s
        JOIN ensemble_membre m ON m.ensemble_id = s.ensemble_id WHERE s.demande_id = d.id);
    UPDATE dossier_enquete SET precision = '', precision_issue = ''
    WHERE id IN (SELECT x.enquete_id FROM demande_enquetee x WHERE x.demande_id = d.id);
    -- Sets of close demandes: what is left of two demandes or more stays, without its sentence.
    UPDATE ensemble_doublon SET precision = ''
    WHERE id IN (SELECT m.ensemble_id FROM ensemble_membre m WHERE m.demande_id = d.id);
    -- The person who left the household keeps the date that they inherited.
    UPDATE titre_anciennete SET acte = 'HERITAGE', precedent_id = NULL, separation_id = NULL
    WHERE separation_id IN (SELECT x.id FROM separation x WHERE x.demande_id = d.id);

    v_comptes := jsonb_build_object('recherche', purge_effacer_recherches(d), 'document',
        (SELECT count(DISTINCT x.document) FROM piece x WHERE x.demande_id = d.id
            AND NOT EXISTS (SELECT FROM piece y WHERE y.document = x.document AND y.demande_id <> d.id)));
    FOR regle IN SELECT * FROM effacement e ORDER BY e.rang LOOP
        IF regle.avant <> '' THEN
            EXECUTE regle.avant USING d.id, v_seuls, p_survenu_le;
        END IF;
        EXECUTE format('DELETE FROM %I ligne WHERE %s', regle.quoi, regle.condition) USING d.id, v_seuls;
        GET DIAGNOSTICS n = ROW_COUNT;
        v_comptes := v_comptes || jsonb_build_object(regle.quoi, n);
    END LOOP;

    -- What stays: the number, which is never given again, under an identifier that the journal names.
    INSERT INTO version (id, territoire, demande_id, numero, statut, date_depot, date_expiration, guichet_gestionnaire,
        contenu, identites, pieces, schema, motif, document, auteur, survenu_le)
    VALUES (v_version, d.territoire, d.id, d.revision + 1, 'PURGEE', v_jour, v_jour, '', '{}', '{}', '{}', 0, '', '',
        p_auteur, p_survenu_le);
    UPDATE demande SET statut = 'PURGEE', revision = d.revision + 1, version_courante_id = v_version, canal = '',
        guichet_createur = '', guichet_gestionnaire = '', date_depot = v_jour, date_enregistrement = v_jour,
        date_dernier_renouvellement = NULL, date_expiration = v_jour, titulaire = '', nb_personnes = 0,
        communes_souhaitees = '{}', types_logement = '{}', categorie_logement = '', accepte_autres_communes = false,
        loyer_maximum = NULL, rfr_reference = NULL, deja_locataire_hlm = false,
        anciennete_heritee = NULL, elements_manquants = NULL, remarques = '{}',
        remarques_expliquees = NULL
    WHERE id = d.id;

    PERFORM attente_placer(x, '{ENSEMBLE_DOUBLON}') FROM unnest(v_proches) x;
    INSERT INTO purge_compte (id, purge_id, quoi, nombre)
    SELECT gen_random_uuid(), v_purge, c.key, c.value::integer FROM jsonb_each_text(v_comptes) c;
    RETURN QUERY SELECT v_purge, v_comptes;
END $$;
REVOKE EXECUTE ON FUNCTION registre_purger FROM PUBLIC;
