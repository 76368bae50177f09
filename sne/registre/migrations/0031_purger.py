"""Erasing a demande: the only function that may delete what is otherwise only added to, and what it must respect.

``purge`` is the permit. Its own trigger says whether the demande may be erased that day; each table lets go of the rows
of a demande only inside the transaction of its permit. The runtime role has no DELETE: it may call
``registre_purger()``, and nothing else. Nobody deletes a row in another way, the owner included.
"""

from django.db import migrations

PERMIS = """
ALTER TABLE purge ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX purge_xid ON purge (xid);

-- What every insertion of a permit must pass, whoever makes it.
CREATE FUNCTION purge_verifier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    d demande;
    radiee_le date;
    mois integer;
BEGIN
    SELECT * INTO d FROM demande WHERE id = NEW.demande_id;
    SELECT r.date_radiation INTO radiee_le FROM radiation r WHERE r.demande_id = d.id ORDER BY r.revision DESC LIMIT 1;
    SELECT (p.valeur #>> '{}')::integer INTO mois FROM parametre p
    WHERE p.code = 'purge_mois_apres_radiation'
        AND coalesce(p.debut, '-infinity') <= NEW.jour AND coalesce(p.fin, 'infinity') >= NEW.jour
    ORDER BY p.debut DESC NULLS LAST LIMIT 1;
    IF d.statut IS DISTINCT FROM 'RADIEE' OR radiee_le IS NULL OR mois IS NULL
        OR NEW.jour < (radiee_le + make_interval(months => mois))::date OR d.territoire <> NEW.territoire
        OR EXISTS (SELECT FROM gel WHERE demande_id = d.id AND leve_le IS NULL)
        OR EXISTS (SELECT FROM demande_enquetee x JOIN dossier_enquete q ON q.id = x.enquete_id
            WHERE x.demande_id = d.id AND q.clos_le IS NULL)
    THEN
        RAISE EXCEPTION 'demande % : elle ne peut pas être effacée le %', NEW.demande_id, NEW.jour
            USING errcode = 'integrity_constraint_violation';
    END IF;
    NEW.xid := pg_current_xact_id();
    NEW.inscrit_le := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER permise BEFORE INSERT ON purge FOR EACH ROW EXECUTE FUNCTION purge_verifier();
SELECT proteger_ajout_seul('purge');
SELECT proteger_ajout_seul('purge_compte');
SELECT proteger_ajout_seul('statistique_effacee');

-- Whether this transaction holds the permit of that demande.
CREATE FUNCTION purge_couvre(p_demande uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purge WHERE demande_id = p_demande AND xid = pg_current_xact_id_if_assigned())
$$;

-- Whether this transaction erases a demande that this enquiry is about.
CREATE FUNCTION purge_couvre_enquete(p_enquete uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purge p JOIN demande_enquetee x ON x.demande_id = p.demande_id
        WHERE x.enquete_id = p_enquete AND p.xid = pg_current_xact_id_if_assigned())
$$;

CREATE FUNCTION purge_en_cours() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purge WHERE xid = pg_current_xact_id_if_assigned())
$$;

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
"""

GARDES = """
-- Refuses whatever is not an INSERT, but for the deletion of a row whose demande this transaction may erase.
-- The argument says how the row names its demande.
CREATE FUNCTION refuser_ecriture_sauf_purge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
                OR EXISTS (SELECT FROM purge p JOIN journal_entree e ON e.demande = p.demande_id
                    WHERE p.xid = pg_current_xact_id_if_assigned() AND e.id = (ligne ->> 'entree')::uuid)
            WHEN 'nouvelle_id' THEN purge_couvre((ligne ->> 'demande_id')::uuid)
                OR purge_couvre((ligne ->> 'nouvelle_id')::uuid)
            WHEN 'separation_id' THEN EXISTS (SELECT FROM separation x WHERE x.id = (ligne ->> 'separation_id')::uuid
                AND (purge_couvre(x.demande_id) OR purge_couvre(x.nouvelle_id)))
            WHEN 'ensemble' THEN purge_en_cours()  -- a set is of several demandes
            WHEN 'message_id' THEN purge_couvre((SELECT demande FROM message WHERE id = (ligne ->> 'message_id')::uuid))
            WHEN 'dossier' THEN purge_couvre((ligne ->> 'dossier')::uuid)
                OR purge_couvre((ligne ->> 'demande_id')::uuid)
            -- The value of an entry that names the demande; or what was typed in a search, which names none.
            WHEN 'entree' THEN EXISTS (SELECT FROM purge p WHERE p.xid = pg_current_xact_id_if_assigned() AND (
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

DO $$
DECLARE
    t text;
    cle text;
BEGIN
    -- Tables where nothing is ever changed: the guard they had, which now knows of the permit.
    FOR t, cle IN VALUES
        ('identite', 'demande_id'), ('decision_identite', 'demande_id'), ('titre_anciennete', 'demande_id'),
        ('version', 'demande_id'), ('requete_anteriorite', 'demande_id'), ('consigne_egalite', 'demande_id'),
        ('radiation', 'demande_id'), ('reactivation', 'demande_id'), ('evenement', 'demande_id'),
        ('decision_caleol', 'demande_id'), ('attribution', 'demande_id'), ('fait_dalo', 'demande_id'),
        ('tentative_refusee', 'demande_id'), ('attestation', 'demande_id'),
        ('attestation_part_de_lot', 'demande_id'), ('attestation_remise', 'demande_id'),
        ('message_tentative', 'message_id'), ('preavis', 'demande_id'), ('preavis_echec', 'demande_id'),
        ('annulation', 'demande_id'), ('retablissement', 'demande_id'), ('element_enquete', 'enquete_id'),
        ('separation', 'nouvelle_id'), ('decision_separation', 'separation_id'),
        ('ensemble_membre', 'ensemble'), ('ensemble_paire', 'ensemble'), ('ensemble_sort', 'ensemble')
    LOOP
        EXECUTE format('DROP TRIGGER ajout_seul ON %I', t);
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(%L)', t, cle);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
    END LOOP;
    -- The others: deleting was only out of the runtime role's reach.
    FOR t, cle IN VALUES
        ('secret_nir', 'personne_id'), ('journal_valeur', 'entree'), ('personne', 'demande_id'),
        ('cas_doublon', 'dossier'), ('attestation_a_traiter', 'demande_id'), ('message', 'demande'),
        ('levee_gel', 'gel_id'), ('ensemble_doublon', 'ensemble')
    LOOP
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE DELETE%s ON %I '
            'FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge(%L)',
            CASE WHEN t IN ('secret_nir', 'journal_valeur') THEN ' OR UPDATE' ELSE '' END, t, cle);
        EXECUTE format('CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul_vider', t);
    END LOOP;
    -- And those that an erasure leaves: the number, and which enquiry was about it.
    FOREACH t IN ARRAY ARRAY['demande', 'gel', 'dossier_enquete'] LOOP
        EXECUTE format('CREATE TRIGGER ajout_seul BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuser_ecriture()', t);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER ajout_seul', t);
    END LOOP;
END $$;

ALTER TABLE titre_anciennete DROP CONSTRAINT titre_acte;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION', 'HERITAGE') AND precedent_id IS NULL AND separation_id IS NULL
    OR acte = 'SEPARATION' AND precedent_id IS NOT NULL AND separation_id IS NOT NULL AND personne_id IS NOT NULL);
DROP INDEX titre_premier;
CREATE UNIQUE INDEX titre_premier ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE precedent_id IS NULL AND acte <> 'HERITAGE';
DROP TRIGGER anciennete_d_un_titre_ensuite ON demande;
CREATE CONSTRAINT TRIGGER anciennete_d_un_titre_ensuite AFTER UPDATE ON demande
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.anciennete_heritee IS DISTINCT FROM OLD.anciennete_heritee AND NEW.statut <> 'PURGEE')
    EXECUTE FUNCTION registre_exiger_titre();
DROP TRIGGER clos ON ensemble_doublon;
CREATE TRIGGER clos BEFORE UPDATE ON ensemble_doublon FOR EACH ROW WHEN (NOT purge_en_cours())
    EXECUTE FUNCTION registre_garder_ensemble();

-- The sentences of an ended enquiry go with the demande that they are about; its codes stay.
DROP TRIGGER clos ON dossier_enquete;
CREATE TRIGGER clos BEFORE UPDATE ON dossier_enquete FOR EACH ROW WHEN (NOT purge_couvre_enquete(OLD.id))
    EXECUTE FUNCTION registre_une_seule_fin('clos_le');
DROP TRIGGER journalise_la_fin ON dossier_enquete;
CREATE CONSTRAINT TRIGGER journalise_la_fin AFTER UPDATE ON dossier_enquete DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.clos_le IS DISTINCT FROM NEW.clos_le)
    EXECUTE FUNCTION registre_exiger_entree_nommant('CLORE_ENQUETE', 'enquete');

CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION', 'ANNULER', 'RETABLIR', 'PURGER']
$$;

-- Columns that no act changes once the row exists; an erased demande keeps its number, and changes no more.
CREATE OR REPLACE FUNCTION registre_figer_demande() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- No demande is struck off, or leaves that state, without the row that says why.
CREATE OR REPLACE FUNCTION registre_exiger_radiation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
"""

RECHERCHES = """
-- What was typed in a search goes with the demandes that it found, and with those whose names it spells.
CREATE INDEX journal_entree_trouvees ON journal_entree USING gin ((faits -> 'demandes')) WHERE verbe = 'RECHERCHER';
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
"""

PURGER = """
-- Erases one demande; returns the permit and how many rows went from each table. The caller tells the journal.
CREATE FUNCTION registre_purger(p_demande uuid, p_auteur uuid, p_survenu_le timestamptz)
RETURNS TABLE (purge_id uuid, comptes jsonb) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    d demande;
    v_purge uuid := gen_random_uuid();
    v_version uuid := gen_random_uuid();
    v_jour date := (p_survenu_le AT TIME ZONE 'Europe/Paris')::date;
    v_comptes jsonb;
    n bigint;
    t text;
    condition text;
    v_ensembles uuid[];
    v_seuls uuid[];
BEGIN
    SELECT * INTO d FROM demande WHERE id = p_demande FOR UPDATE;
    INSERT INTO purge (id, territoire, demande_id, jour, auteur, survenu_le)
    VALUES (v_purge, coalesce(d.territoire, ''), p_demande, v_jour, p_auteur, p_survenu_le);

    INSERT INTO message_a_effacer (id, territoire, demande, canal, depot, demande_le)
    SELECT m.id, m.territoire, m.demande, m.canal, m.depot, p_survenu_le FROM message m WHERE m.demande = d.id;

    UPDATE dossier_enquete SET precision = '', precision_issue = ''
    WHERE id IN (SELECT x.enquete_id FROM demande_enquetee x WHERE x.demande_id = d.id);

    -- Sets of close demandes: what is left of two demandes or more stays, without its sentence.
    v_ensembles := ARRAY(SELECT m.ensemble_id FROM ensemble_membre m WHERE m.demande_id = d.id);
    UPDATE ensemble_doublon SET precision = '' WHERE id = ANY (v_ensembles);
    v_seuls := ARRAY(SELECT m.ensemble_id FROM ensemble_membre m WHERE m.ensemble_id = ANY (v_ensembles)
        GROUP BY m.ensemble_id HAVING count(*) FILTER (WHERE m.demande_id <> d.id) < 2);
    -- Whoever left the household keeps the date that they inherited.
    UPDATE titre_anciennete SET acte = 'HERITAGE', precedent_id = NULL, separation_id = NULL
    WHERE separation_id IN (SELECT x.id FROM separation x WHERE x.demande_id = d.id);

    v_comptes := jsonb_build_object('recherche', purge_effacer_recherches(d));
    FOR t, condition IN VALUES
        ('journal_valeur', 'entree IN (SELECT e.id FROM journal_entree e WHERE e.demande = $1)'),
        ('message_tentative', 'message_id IN (SELECT m.id FROM message m WHERE m.demande = $1)'),
        ('message', 'demande = $1'),
        ('attestation_a_remettre', 'attestation_id IN (SELECT a.id FROM attestation a WHERE a.demande_id = $1)'),
        ('attestation_remise', 'demande_id = $1'),
        ('attestation_part_de_lot', 'demande_id = $1'),
        ('attestation', 'demande_id = $1'),
        ('attestation_a_traiter', 'demande_id = $1'),
        ('cas_doublon', 'demande_id = $1 OR dossier = $1'),
        ('brouillon', 'demande_id = $1'),
        ('tentative_refusee', 'demande_id = $1'),
        ('preavis_echec', 'demande_id = $1'),
        ('preavis', 'demande_id = $1'),
        ('element_enquete', 'identite_id IN (SELECT i.id FROM identite i WHERE i.demande_id = $1) '
            'OR entree IN (SELECT e.id FROM journal_entree e WHERE e.demande = $1) OR nature = ''NOTE'' '
            'AND enquete_id IN (SELECT x.enquete_id FROM demande_enquetee x WHERE x.demande_id = $1)'),
        ('levee_gel', 'gel_id IN (SELECT g.id FROM gel g WHERE g.demande_id = $1)'),
        ('decision_separation', 'separation_id IN (SELECT x.id FROM separation x '
            'WHERE x.demande_id = $1 OR x.nouvelle_id = $1)'),
        ('ensemble_sort', 'demande_id = $1 OR ensemble_id = ANY ($2)'),
        ('ensemble_paire', 'demande_a_id = $1 OR demande_b_id = $1 OR ensemble_id = ANY ($2)'),
        ('ensemble_membre', 'demande_id = $1 OR ensemble_id = ANY ($2)'),
        ('ensemble_doublon', 'id = ANY ($2)'),
        ('attente', 'demande_id = $1'),
        ('retablissement', 'demande_id = $1'),
        ('annulation', 'demande_id = $1'),
        ('evenement', 'demande_id = $1'),
        ('decision_caleol', 'demande_id = $1'),
        ('attribution', 'demande_id = $1'),
        ('fait_dalo', 'demande_id = $1'),
        ('consigne_egalite', 'demande_id = $1'),
        ('requete_anteriorite', 'demande_id = $1'),
        ('reactivation', 'demande_id = $1'),
        ('radiation', 'demande_id = $1'),
        ('place_ouverte', 'demande_id = $1'),
        ('secret_nir', 'personne_id IN (SELECT p.id FROM personne p WHERE p.demande_id = $1)'),
        ('decision_identite', 'demande_id = $1'),
        ('titre_anciennete', 'demande_id = $1'),
        ('separation', 'demande_id = $1 OR nouvelle_id = $1'),
        ('identite', 'demande_id = $1'),
        ('personne', 'demande_id = $1'),
        ('version', 'demande_id = $1')
    LOOP
        EXECUTE format('DELETE FROM %I WHERE %s', t, condition) USING d.id, v_seuls;
        GET DIAGNOSTICS n = ROW_COUNT;
        v_comptes := v_comptes || jsonb_build_object(t, n);
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
        anciennete_heritee = NULL, elements_manquants = NULL, remarques = '{}'
    WHERE id = d.id;

    INSERT INTO purge_compte (id, purge_id, quoi, nombre)
    SELECT gen_random_uuid(), v_purge, c.key, c.value::integer FROM jsonb_each_text(v_comptes) c;
    RETURN QUERY SELECT v_purge, v_comptes;
END $$;

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
    INSERT INTO statistique_effacee (id, territoire, annee_depot, trimestre_radiation, motif, menage, typologie, anciennete,
        deja_locataire, attribution)
    SELECT gen_random_uuid(), territoire, annee_depot, trimestre_radiation, motif, menage, typologie, anciennete,
        deja_locataire, attribution
    FROM pretes ORDER BY random();
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

REVOKE EXECUTE ON FUNCTION purge_effacer_recherches, registre_purger, registre_verser_statistiques FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0030_effacer"),
        ("attestations", "0004_garde_fous_des_remises"),
        ("notifications", "0003_effacer"),
        ("journal", "0003_inscrire_en_lot"),
        ("referentiels", "0001_initial"),
    ]
    operations = [migrations.RunSQL(s, migrations.RunSQL.noop) for s in (PERMIS, GARDES, RECHERCHES, PURGER)]
