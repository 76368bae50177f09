"""Marks of a change of identity that waits, once each: a table that is added to."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE TRIGGER estampille BEFORE INSERT ON rappel_identite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON rappel_identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_entree_nommant('RAPPELER_IDENTITE', 'rappel');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON rappel_identite
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON rappel_identite
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE rappel_identite ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE rappel_identite ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_identite', 'demande_id = $1'),$r$,
        $r$('rappel_identite', 'demande_id = $1'),
        ('decision_identite', 'demande_id = $1'),$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the decisions was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0057_opposition_depuis_l_historique"),
    ]

    operations = [
        migrations.CreateModel(
            name="RappelIdentite",
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
                ("marque", models.CharField(max_length=8)),
                ("destinataires", models.SmallIntegerField()),
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
                    "identite",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rappels",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "rappel_identite",
                "indexes": [
                    models.Index(fields=["territoire", "survenu_le"], name="rappel_identite_du_jour")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("identite", "marque"), name="rappel_identite_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(("marque__in", ["PREMIER", "SECOND", "ESCALADE"])),
                        name="rappel_identite_marque",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("destinataires__gt", 0)), name="rappel_identite_a_quelqu_un"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
