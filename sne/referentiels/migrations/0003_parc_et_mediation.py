"""Landlords present in each commune, mediation commissions and the wait called abnormal."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0002_guichet_de_son_territoire"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommissionMediation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("debut", models.DateField(null=True, verbose_name="premier jour")),
                ("fin", models.DateField(null=True, verbose_name="dernier jour")),
                ("fictif", models.BooleanField(default=False)),
                ("nom", models.CharField(max_length=150)),
                ("service", models.CharField(blank=True, max_length=150)),
                ("voie", models.CharField(max_length=100)),
                ("code_postal", models.CharField(max_length=5)),
                ("ville", models.CharField(max_length=100)),
                ("courriel", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=16, verbose_name="téléphone")),
                (
                    "delai_anormal_mois",
                    models.PositiveSmallIntegerField(verbose_name="délai anormalement long, en mois"),
                ),
                ("source", models.CharField(max_length=120, verbose_name="arrêté qui fixe le délai")),
                (
                    "departement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referentiels.departement",
                    ),
                ),
            ],
            options={
                "db_table": "commission_mediation",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gte", models.F("debut"))),
                        name="commissionmediation_periode",
                    ),
                    models.UniqueConstraint(
                        fields=("departement", "debut"),
                        name="commission_mediation_unique",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delai_anormal_mois__range", (1, 240))),
                        name="commission_mediation_delai",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parc",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("debut", models.DateField(null=True, verbose_name="premier jour")),
                ("fin", models.DateField(null=True, verbose_name="dernier jour")),
                ("fictif", models.BooleanField(default=False)),
                ("logements", models.PositiveIntegerField()),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referentiels.commune",
                    ),
                ),
                (
                    "organisme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referentiels.organisme",
                    ),
                ),
            ],
            options={
                "db_table": "parc",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gte", models.F("debut"))), name="parc_periode"
                    ),
                    models.UniqueConstraint(
                        fields=("organisme", "commune", "debut"), name="parc_unique", nulls_distinct=False
                    ),
                    models.CheckConstraint(condition=models.Q(("logements__gte", 1)), name="parc_non_vide"),
                ],
            },
        ),
    ]
