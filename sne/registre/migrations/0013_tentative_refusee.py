"""Refused attempts, kept in rows only added, each told by an entry that names it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
ALTER TABLE tentative_refusee ADD CONSTRAINT tentative_refusee_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
SELECT proteger_ajout_seul('tentative_refusee');
CREATE TRIGGER estampille BEFORE INSERT ON tentative_refusee FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON tentative_refusee
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_fait('REFUSER_ACTE');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0012_faits"),
    ]

    operations = [
        migrations.CreateModel(
            name="TentativeRefusee",
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
                ("acte", models.CharField(max_length=30)),
                ("code", models.CharField(max_length=30, verbose_name="code du refus")),
                ("phrase", models.TextField(verbose_name="phrase du refus")),
                ("auteur", models.UUIDField()),
                ("tente_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registre.demande"
                    ),
                ),
            ],
            options={
                "db_table": "tentative_refusee",
                "indexes": [models.Index(fields=["territoire", "survenu_le"], name="tentative_refusee_jour")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "acte__in",
                                [
                                    "CONSIGNER_EVENEMENT",
                                    "CONSIGNER_DECISION",
                                    "CONSIGNER_ATTRIBUTION",
                                    "CONSIGNER_DALO",
                                    "RETIRER_FAIT",
                                ],
                            ),
                            models.Q(("phrase", ""), _negated=True),
                        ),
                        name="tentative_refusee_acte",
                    )
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
