"""What the role of the service may no longer do by SQL: give a day, a date, a way in, a place; stand before a table."""

from django.db import migrations, models

EFFACER = """
-- The instant when a demande ended, which nobody chooses; in a fictional database, that of the act.
CREATE FUNCTION registre_estampiller_la_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.inscrit_le := CASE WHEN base_admet('AUTRE_JOUR') THEN NEW.survenu_le ELSE clock_timestamp() END;
    RETURN NEW;
END $$;
DROP TRIGGER estampille ON radiation;
DROP TRIGGER estampille ON annulation;
CREATE TRIGGER estampille BEFORE INSERT ON radiation FOR EACH ROW EXECUTE FUNCTION registre_estampiller_la_fin();
CREATE TRIGGER estampille BEFORE INSERT ON annulation FOR EACH ROW EXECUTE FUNCTION registre_estampiller_la_fin();

-- The delay counts from the end, or from the day when it was inscribed if that is later; and its day has come.
CREATE OR REPLACE FUNCTION purge_verifier() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
"""

IDENTITES = """
-- Only the ways of the closed list come into force, each by what it wants.
CREATE OR REPLACE FUNCTION registre_exiger_identite_admise() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM identite i JOIN identite a ON a.id = OLD.identite_courante_id
    LEFT JOIN decision_identite d ON d.identite_id = i.id
    WHERE i.id = NEW.identite_courante_id AND NOT i.retrait AND (
        d.issue = 'VALIDEE'
        OR i.voie = 'RETABLIE'  -- its own guard wants what two persons accepted
        OR i.voie = 'AUTOMATIQUE' AND (
            (i.nom_naissance, i.prenoms, i.date_naissance, i.nir_empreinte, registre_sexe(i.civilite))
                IS NOT DISTINCT FROM
            (a.nom_naissance, a.prenoms, a.date_naissance, a.nir_empreinte, registre_sexe(a.civilite))
            OR EXISTS (SELECT FROM examen_identite x WHERE x.identite_id = i.id AND x.decision = 'AUTOMATIQUE')
            OR EXISTS (SELECT FROM decision_identite x JOIN identite y ON y.id = x.identite_id
                WHERE y.personne_id = NEW.id AND x.issue = 'VALIDEE' AND x.survenu_le = i.survenu_le)));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'personne % : personne n’a validé cette identité', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

DATES = """
-- A demande is registered today (or yesterday, when midnight has just struck), and dated at most so many days before,
-- or of the day when whoever left by a restoration had come. Older ones are taken over, where the owner lets them be.
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
    THEN
        RAISE EXCEPTION 'demande % : personne n’a accordé la date du %', NEW.id, NEW.date_depot
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER datee AFTER INSERT ON demande DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_date();
"""

PLACES = """
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
"""

CHEMINS = """
-- No function of ours looks for a table where somebody else may make one first.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND p.proname NOT LIKE 'procrastinate\\_%'
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
            AND d.deptype = 'e')
        AND coalesce(array_to_string(p.proconfig, ';'), '') !~ 'search_path=pg_catalog, (public, )?pg_temp'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0071_protection"),
        ("socle", "0002_base_admet"),
        ("journal", "0008_jalons_ecartes"),
        ("documents", "0005_essais"),
        ("notifications", "0007_effacer_au_terme"),
        ("referentiels", "0008_parametre_entier"),
        ("habilitations", "0007_rien_sans_entree"),
        ("attestations", "0004_garde_fous_des_remises"),
        ("suivi", "0005_alertes"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="identite",
            constraint=models.CheckConstraint(
                condition=models.Q(("voie__in", ["DEPOT", "AUTOMATIQUE", "CONTROLE", "RETABLIE"])),
                name="identite_voie",
            ),
        ),
        *(migrations.RunSQL(s, migrations.RunSQL.noop) for s in (EFFACER, IDENTITES, DATES, PLACES, CHEMINS)),
    ]
