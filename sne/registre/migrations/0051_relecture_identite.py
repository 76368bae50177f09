"""A blind second reading of a share of the changes of identity: a table that is added to."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE TRIGGER estampille BEFORE INSERT ON relecture_identite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON relecture_identite
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION registre_exiger_entree_nommant('RELIRE_IDENTITE', 'relecture');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON relecture_identite
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON relecture_identite
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE relecture_identite ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE relecture_identite ENABLE ALWAYS TRIGGER ajout_seul_vider;

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('decision_identite', 'demande_id = $1'),$r$,
        $r$('relecture_identite', 'demande_id = $1'),
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
        ("registre", "0050_retablir_a_deux"),
    ]

    operations = [
        migrations.CreateModel(
            name="RelectureIdentite",
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
                ("avis", models.CharField(max_length=8)),
                ("precision", models.CharField(blank=True, max_length=300, verbose_name="précision")),
                ("concorde", models.BooleanField()),
                ("premier", models.UUIDField()),
                ("relecteur", models.UUIDField()),
                ("relu_par", models.JSONField(verbose_name="relecteur, tel qu’il était")),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relecture",
                        to="registre.identite",
                    ),
                ),
            ],
            options={
                "db_table": "relecture_identite",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("avis", "VALIDEE"),
                            models.Q(("avis", "REFUSEE"), models.Q(("precision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="relecture_identite_avis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("premier", models.F("relecteur")), _negated=True),
                        name="relecture_identite_quatre_yeux",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
