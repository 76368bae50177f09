"""A double taken back is erased too, by the same permit; and a permit opens the sets of its own demande only."""

import django.contrib.postgres.fields
from django.db import migrations, models

PERMIS = """
-- What every insertion of a permit must pass, whoever makes it: the day by the striking-off, or by the taking back.
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
        SELECT r.date_radiation INTO depuis FROM radiation r WHERE r.demande_id = d.id ORDER BY r.revision DESC LIMIT 1;
    ELSIF d.statut = 'ANNULEE' THEN
        NEW.apres := 'ANNULATION';
        SELECT (a.survenu_le AT TIME ZONE 'Europe/Paris')::date INTO depuis FROM annulation a
        WHERE a.demande_id = d.id AND NOT EXISTS (SELECT FROM retablissement r WHERE r.annulation_id = a.id)
        ORDER BY a.revision DESC LIMIT 1;
    END IF;
    SELECT (p.valeur #>> '{}')::integer INTO mois FROM parametre p
    WHERE p.code = 'purge_mois_apres_' || lower(NEW.apres)
        AND coalesce(p.debut, '-infinity') <= NEW.jour AND coalesce(p.fin, 'infinity') >= NEW.jour
    ORDER BY p.debut DESC NULLS LAST LIMIT 1;
    IF depuis IS NULL OR mois IS NULL
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

GARDES = """
-- Refuses whatever is not an INSERT, but for the deletion of a row whose demande this transaction may erase.
-- The argument says how the row names its demande.
CREATE OR REPLACE FUNCTION refuser_ecriture_sauf_purge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
            -- A set is of several demandes: its own rows, and the whole set when no two others are left.
            WHEN 'ensemble' THEN purge_couvre((ligne ->> 'demande_id')::uuid)
                OR purge_couvre((ligne ->> 'demande_a_id')::uuid) OR purge_couvre((ligne ->> 'demande_b_id')::uuid)
                OR EXISTS (SELECT FROM purge p WHERE p.xid = pg_current_xact_id_if_assigned()
                    AND coalesce(ligne ->> 'ensemble_id', ligne ->> 'id')::uuid = ANY (p.ensembles))
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

-- Whether this transaction erases a demande of this set.
CREATE FUNCTION purge_couvre_ensemble(p_ensemble uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM purge p JOIN ensemble_membre m ON m.demande_id = p.demande_id
        WHERE m.ensemble_id = p_ensemble AND p.xid = pg_current_xact_id_if_assigned())
$$;

-- An ended set changes no more, but for its sentence, which goes with a demande that it is about.
CREATE OR REPLACE FUNCTION registre_garder_ensemble() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL AND NOT (
        to_jsonb(NEW) = to_jsonb(OLD) || '{"precision": ""}' AND purge_couvre_ensemble(OLD.id))
    THEN
        RAISE EXCEPTION 'ensemble % : il est clos', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER clos ON ensemble_doublon;
CREATE TRIGGER clos BEFORE UPDATE ON ensemble_doublon FOR EACH ROW EXECUTE FUNCTION registre_garder_ensemble();
DROP FUNCTION purge_en_cours();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0033_tentatives_suivies")]
    operations = [
        migrations.AddField(
            model_name="purge",
            name="apres",
            field=models.CharField(default="RADIATION", max_length=10, verbose_name="après"),
        ),
        migrations.AddField(
            model_name="purge",
            name="ensembles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="annulation",
            index=models.Index(fields=["territoire", "survenu_le", "demande"], name="annulation_jour"),
        ),
        migrations.RunSQL(PERMIS, migrations.RunSQL.noop),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
