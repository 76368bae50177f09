"""What each counter did in each month: a projection of the register."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ActiviteMensuelle",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "territoire",
                        "mois",
                        "guichet",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("mois", models.DateField(verbose_name="premier jour du mois")),
                ("guichet", models.CharField(max_length=5)),
                ("traitees", models.IntegerField()),
                ("naissance_cosmetique", models.IntegerField()),
                ("naissance_mineure", models.IntegerField()),
                ("naissance_majeure", models.IntegerField()),
                ("prenoms", models.IntegerField()),
                ("dates_naissance", models.IntegerField()),
                ("nir", models.IntegerField()),
                ("en_attente", models.IntegerField()),
                ("validees", models.IntegerField()),
                ("refusees", models.IntegerField()),
                ("expirees", models.IntegerField()),
                (
                    "delai_median_minutes",
                    models.IntegerField(null=True, verbose_name="délai médian de validation, en minutes"),
                ),
                ("agents", models.IntegerField()),
                ("part_premier_agent", models.FloatField(null=True)),
                ("sur_anciennes", models.IntegerField()),
                ("sans_piece", models.IntegerField()),
            ],
            options={
                "db_table": "activite_mensuelle",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mois__day", 1)), name="activite_mensuelle_mois"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agents", 0), ("part_premier_agent", None)),
                            models.Q(
                                ("agents__gte", 1),
                                ("part_premier_agent__gt", 0),
                                ("part_premier_agent__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="activite_mensuelle_agents",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "agents__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("naissance_mineure"), "+", models.F("naissance_majeure")
                                ),
                            ),
                            (
                                "sur_anciennes__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("naissance_mineure"), "+", models.F("naissance_majeure")
                                ),
                            ),
                            (
                                "sans_piece__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("naissance_mineure"), "+", models.F("naissance_majeure")
                                ),
                            ),
                        ),
                        name="activite_mensuelle_parts",
                    ),
                ],
            },
        ),
    ]
