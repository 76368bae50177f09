"""An earlier reception date is granted or refused by the territorial manager: the answer, and the title it gives."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE OR REPLACE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE', 'EXPIRER', 'RADIER', 'REACTIVER', 'LEVER_GEL',
        'SEPARER', 'DECIDER_SEPARATION', 'ANNULER', 'RETABLIR', 'PURGER', 'DECIDER_ANTERIORITE']
$$;

-- An answer is of its own request, by somebody else than who asked, and told by an entry that names it.
ALTER TABLE requete_anteriorite ADD CONSTRAINT requete_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE decision_anteriorite ADD CONSTRAINT decision_anteriorite_de_sa_requete
    FOREIGN KEY (requete_id, demande_id, auteur) REFERENCES requete_anteriorite (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_anteriorite ADD CONSTRAINT decision_anteriorite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER estampille BEFORE INSERT ON decision_anteriorite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON decision_anteriorite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_acte('DECIDER_ANTERIORITE', 'decision');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON decision_anteriorite
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON decision_anteriorite
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE decision_anteriorite ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE decision_anteriorite ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- A title of an earlier date: only by an answer that grants that date, once for each person of the demande.
ALTER TABLE titre_anciennete DROP CONSTRAINT titre_acte;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION', 'HERITAGE', 'ANTERIORITE') AND precedent_id IS NULL
        AND separation_id IS NULL
    OR acte = 'SEPARATION' AND precedent_id IS NOT NULL AND separation_id IS NOT NULL AND personne_id IS NOT NULL);
DROP INDEX titre_premier;
CREATE UNIQUE INDEX titre_premier ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE precedent_id IS NULL AND acte NOT IN ('HERITAGE', 'ANTERIORITE');
CREATE UNIQUE INDEX titre_anterieur ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE acte = 'ANTERIORITE';

CREATE FUNCTION registre_exiger_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM decision_anteriorite z
    JOIN requete_anteriorite r ON r.id = z.requete_id AND r.date_demandee = NEW.date_depot
    JOIN demande d ON d.id = z.demande_id AND d.anciennete_heritee = NEW.date_depot
    WHERE z.demande_id = NEW.demande_id AND z.issue = 'ACCORDEE';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'titre % : personne n’a accordé cette date', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER anteriorite AFTER INSERT ON titre_anciennete
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.acte = 'ANTERIORITE')
    EXECUTE FUNCTION registre_exiger_anteriorite();

-- The date that lists and statistics read is a title's, of a separation or of an answer; once given it does not move.
CREATE OR REPLACE FUNCTION registre_exiger_titre() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'UPDATE' AND OLD.anciennete_heritee IS NOT NULL THEN
        RAISE EXCEPTION 'demande % : l’ancienneté héritée ne change pas', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    PERFORM 1 FROM titre_anciennete
    WHERE demande_id = NEW.id AND acte IN ('SEPARATION', 'ANTERIORITE') AND date_depot = NEW.anciennete_heritee;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'demande % : aucun titre ne donne cette ancienneté', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Answered, it waits no more.
CREATE FUNCTION attente_decision_anteriorite() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM attente WHERE id = NEW.requete_id;
    RETURN NULL;
END $$;
CREATE TRIGGER attente AFTER INSERT ON decision_anteriorite FOR EACH ROW
    EXECUTE FUNCTION attente_decision_anteriorite();

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('requete_anteriorite', 'demande_id = $1'),$r$,
        $r$('decision_anteriorite', 'demande_id = $1'),
        ('requete_anteriorite', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the requests was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0035_annoncer_les_radiations"),
    ]

    operations = [
        migrations.AlterField(
            model_name="demande",
            name="anciennete_heritee",
            field=models.DateField(null=True, verbose_name="ancienneté d’avant le dépôt"),
        ),
        migrations.CreateModel(
            name="DecisionAnteriorite",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("revision", models.IntegerField()),
                ("issue", models.CharField(max_length=8)),
                ("motif", models.CharField(max_length=300)),
                ("auteur", models.UUIDField()),
                ("decideur", models.UUIDField()),
                ("decide_par", models.JSONField(verbose_name="décideur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "demande",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "requete",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="registre.requeteanteriorite",
                    ),
                ),
            ],
            options={
                "db_table": "decision_anteriorite",
            },
        ),
        migrations.AddConstraint(
            model_name="decisionanteriorite",
            constraint=models.CheckConstraint(
                condition=models.Q(("auteur", models.F("decideur")), _negated=True),
                name="decision_anteriorite_quatre_yeux",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionanteriorite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issue__in", ["ACCORDEE", "REFUSEE"]), models.Q(("motif", ""), _negated=True)
                ),
                name="decision_anteriorite_issue",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
