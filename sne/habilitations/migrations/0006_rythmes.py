"""Regular reviews of a territory: what was decided of them, only added to."""

from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0005_revues"),
        ("journal", "0006_recherche"),
    ]

    operations = [
        migrations.CreateModel(
            name="RythmeRevue",
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
                ("mois", models.SmallIntegerField()),
                ("premiere", models.DateField()),
                ("auteur", models.UUIDField()),
                ("auteur_nom", models.CharField(max_length=161)),
                ("survenu_le", models.DateTimeField()),
            ],
            options={
                "db_table": "rythme_revue",
                "indexes": [
                    models.Index(fields=["territoire", "-survenu_le", "-id"], name="rythme_revue_actuel")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("territoire", ""), _negated=True), ("mois__gte", 1)),
                        name="rythme_revue_regle",
                    )
                ],
            },
        ),
        migrations.RunSQL("SELECT proteger_ajout_seul('rythme_revue');", migrations.RunSQL.noop),
    ]
