"""What a household was told and handed, step by step: append-only, each record told by an entry that names it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE FUNCTION registre_exiger_consigne() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = 'CONSIGNER_EGALITE'
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND faits ->> 'consigne' = NEW.id::text;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la consigne %', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

ALTER TABLE consigne_egalite ADD CONSTRAINT consigne_egalite_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
SELECT proteger_ajout_seul('consigne_egalite');
CREATE TRIGGER estampille BEFORE INSERT ON consigne_egalite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON consigne_egalite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_consigne();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0007_recherche"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsigneEgalite",
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
                ("moment", models.CharField(max_length=7)),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
                    ),
                ),
                ("auteur", models.UUIDField()),
                ("guichet", models.CharField(blank=True, max_length=5)),
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
            ],
            options={
                "db_table": "consigne_egalite",
                "indexes": [
                    models.Index(fields=["demande", "moment", "-inscrit_le"], name="consigne_egalite_demande")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("moment__in", ["AVANT", "PENDANT", "APRES"])),
                        name="consigne_egalite_moment",
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
