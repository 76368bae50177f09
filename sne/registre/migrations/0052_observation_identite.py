"""What an agent says of an act of theirs that is looked at: read by whoever decides, erased with the demande."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
CREATE TRIGGER estampille BEFORE INSERT ON observation_identite FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON observation_identite DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('OBSERVER_IDENTITE', 'observation');
CREATE TRIGGER ajout_seul BEFORE UPDATE OR DELETE ON observation_identite
    FOR EACH ROW EXECUTE FUNCTION refuser_ecriture_sauf_purge('demande_id');
CREATE TRIGGER ajout_seul_vider BEFORE TRUNCATE ON observation_identite
    FOR EACH STATEMENT EXECUTE FUNCTION refuser_ecriture();
ALTER TABLE observation_identite ENABLE ALWAYS TRIGGER ajout_seul;
ALTER TABLE observation_identite ENABLE ALWAYS TRIGGER ajout_seul_vider;
ALTER TABLE operation ADD CONSTRAINT operation_et_demande UNIQUE (id, demande_id, auteur);
ALTER TABLE observation_identite ADD CONSTRAINT observation_de_sa_demande
    FOREIGN KEY (operation_id, demande_id, auteur) REFERENCES operation (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;

-- The erasure knows of the new table, before what it refers to.
DO $$
DECLARE
    avant text := pg_get_functiondef('registre_purger(uuid, uuid, timestamptz)'::regprocedure);
    apres text := replace(avant, $r$('operation', 'demande_id = $1')$r$,
        $r$('observation_identite', 'demande_id = $1'),
        ('operation', 'demande_id = $1')$r$);
BEGIN
    IF apres = avant THEN
        RAISE EXCEPTION 'registre_purger: the table of the operations was not found';
    END IF;
    EXECUTE apres;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0051_relecture_identite")]

    operations = [
        migrations.AddIndex(
            "operation",
            models.Index(
                condition=models.Q(("score__isnull", False)),
                fields=["auteur", "-survenu_le", "-id"],
                name="operation_regardee",
            ),
        ),
        migrations.CreateModel(
            name="ObservationIdentite",
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
                ("texte", models.CharField(max_length=300)),
                ("auteur", models.UUIDField()),
                ("ecrite_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registre.demande",
                    ),
                ),
                (
                    "operation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observation",
                        to="registre.operation",
                    ),
                ),
            ],
            options={
                "db_table": "observation_identite",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("texte", ""), _negated=True), name="observation_identite_dite"
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
