"""The monthly mailing of the recap: what was decided of it and what left, only added to and told."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import sne.socle.identifiants

GARDES = """
SELECT proteger_ajout_seul('envoi_programme');
SELECT proteger_ajout_seul('envoi_fait');
CREATE TRIGGER estampille BEFORE INSERT ON envoi_programme FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON envoi_fait FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON envoi_programme DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('PROGRAMMER_ENVOI,ARRETER_ENVOI', 'envoi');
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON envoi_fait DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_nommant('ENVOYER_RECAPITULATIF', 'fait');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("suivi", "0003_classement"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnvoiProgramme",
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
                ("actif", models.BooleanField()),
                ("jour", models.SmallIntegerField(verbose_name="jour du mois")),
                ("format", models.CharField(max_length=4)),
                ("auteur", models.UUIDField()),
                ("decide_par", models.JSONField(verbose_name="auteur, tel qu’il était")),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "envoi_programme",
                "indexes": [
                    models.Index(fields=["territoire", "-survenu_le", "-id"], name="envoi_programme_actuel")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("format__in", ["csv", "xlsx"]), ("jour__gte", 1), ("jour__lte", 28)
                        ),
                        name="envoi_programme_reglage",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnvoiFait",
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
                ("mois", models.DateField(verbose_name="premier jour du mois récapitulé")),
                ("lu", models.BooleanField(verbose_name="il y avait quelqu’un pour le lire")),
                ("destinataires", models.SmallIntegerField()),
                ("survenu_le", models.DateTimeField()),
                (
                    "inscrit_le",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="suivi.envoiprogramme",
                    ),
                ),
            ],
            options={
                "db_table": "envoi_fait",
                "constraints": [
                    models.UniqueConstraint(fields=("territoire", "mois", "lu"), name="envoi_fait_une_fois"),
                    models.CheckConstraint(
                        condition=models.Q(("destinataires__gte", 1), ("mois__day", 1)),
                        name="envoi_fait_a_quelqu_un",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
