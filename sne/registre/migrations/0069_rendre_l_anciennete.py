"""A demande put back by two persons may count again from the date of then: the one way in which a seniority goes back."""

from django.db import migrations, models

GARDES = """
-- The date that a demande counts from is that of the last act that gave it one, else that of its deposit.
CREATE FUNCTION registre_anciennete(p_demande uuid, p_a timestamptz DEFAULT 'infinity') RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT t.date_depot FROM titre_anciennete t
        WHERE t.demande_id = p_demande AND t.survenu_le <= p_a
            AND t.acte IN ('SEPARATION', 'HERITAGE', 'ANTERIORITE', 'RESTAURATION')
        ORDER BY t.inscrit_le DESC, t.id DESC LIMIT 1),
        (SELECT date_depot FROM demande WHERE id = p_demande))
$$;

ALTER TABLE titre_anciennete DROP CONSTRAINT titre_acte;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION', 'HERITAGE', 'ANTERIORITE', 'RESTAURATION') AND precedent_id IS NULL
        AND separation_id IS NULL
    OR acte = 'SEPARATION' AND precedent_id IS NOT NULL AND separation_id IS NOT NULL AND personne_id IS NOT NULL);
DROP INDEX titre_premier;
CREATE UNIQUE INDEX titre_premier ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE precedent_id IS NULL AND acte NOT IN ('HERITAGE', 'ANTERIORITE', 'RESTAURATION');
-- Once for each person by one act: a date taken back may be granted again, by another answer.
DROP INDEX titre_anterieur;
CREATE UNIQUE INDEX titre_anterieur ON titre_anciennete (demande_id, personne_id, acte, survenu_le) NULLS NOT DISTINCT
    WHERE acte IN ('ANTERIORITE', 'RESTAURATION');
DROP TRIGGER garde ON titre_anciennete;
CREATE TRIGGER garde BEFORE INSERT ON titre_anciennete FOR EACH ROW
    WHEN (NEW.acte NOT IN ('SEPARATION', 'ANTERIORITE', 'RESTAURATION')) EXECUTE FUNCTION registre_garder_titre();

-- A title of then: two persons agreed on it, the version asked for counted from that date, and so does the demande now.
CREATE FUNCTION registre_exiger_titre_d_alors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_restauration z
    JOIN requete_restauration r ON r.id = z.requete_id AND r.anciennete
    JOIN version v ON v.demande_id = r.demande_id AND v.numero = r.vers
    JOIN demande d ON d.id = z.demande_id AND d.revision = z.revision
        AND coalesce(d.anciennete_heritee, d.date_depot) = NEW.date_depot
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCEPTEE' AND z.survenu_le = NEW.survenu_le
        AND NEW.date_depot = registre_anciennete(NEW.demande_id, v.survenu_le);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : personne n’a accepté de revenir à cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER rendu AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'RESTAURATION')
    EXECUTE FUNCTION registre_exiger_titre_d_alors();

-- An answer that was taken back gives its date no more: another one has to.
CREATE OR REPLACE FUNCTION registre_exiger_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_anteriorite z
    JOIN requete_anteriorite r ON r.id = z.requete_id AND r.date_demandee = NEW.date_depot
    JOIN demande d ON d.id = z.demande_id AND d.anciennete_heritee = NEW.date_depot
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCORDEE'
        AND NOT EXISTS (SELECT FROM titre_anciennete t WHERE t.demande_id = NEW.demande_id
            AND t.acte = 'RESTAURATION' AND t.inscrit_le > z.inscrit_le);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : personne n’a accordé cette date', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- The date that lists and statistics read is that of the title; once given it moves by a demande put back only.
CREATE OR REPLACE FUNCTION registre_exiger_titre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0068_tirer_a_la_decision"),
    ]

    operations = [
        migrations.AddField(
            model_name="requeterestauration",
            name="anciennete",
            field=models.BooleanField(default=False, verbose_name="l’ancienneté d’alors"),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
