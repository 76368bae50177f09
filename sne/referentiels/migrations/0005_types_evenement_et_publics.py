"""Dated types of events, national or of one territory, and priority publics with the letter of a period."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0004_catalogue_des_pieces"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicPrioritaire",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("debut", models.DateField(null=True, verbose_name="premier jour")),
                ("fin", models.DateField(null=True, verbose_name="dernier jour")),
                ("code", models.CharField(max_length=30)),
                ("lettre", models.CharField(blank=True, max_length=8)),
                ("libelle", models.CharField(max_length=150, verbose_name="libellé")),
                ("classe", models.CharField(max_length=14)),
                ("rang", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "public_prioritaire",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gte", models.F("debut"))), name="publicprioritaire_periode"
                    ),
                    models.UniqueConstraint(
                        fields=("code", "debut"), name="public_prioritaire_unique", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("classe__in", ["ORDINAIRE", "TRES_PERSONNEL", "SANTE"])),
                        name="public_prioritaire_classe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TypeEvenement",
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
                ("territoire", models.CharField(blank=True, max_length=3)),
                ("code", models.CharField(max_length=30)),
                ("libelle", models.CharField(max_length=100, verbose_name="libellé")),
                ("publie_portail", models.BooleanField(verbose_name="publié sur le portail")),
                ("reglementaire", models.BooleanField(verbose_name="réglementaire")),
                ("par_acte", models.BooleanField(verbose_name="produit par un acte")),
                ("caracteristiques", models.JSONField(default=list, verbose_name="caractéristiques")),
                ("rang", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "type_evenement",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gte", models.F("debut"))), name="typeevenement_periode"
                    ),
                    models.UniqueConstraint(
                        fields=("territoire", "code", "debut"),
                        name="type_evenement_unique",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
