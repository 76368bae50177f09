"""The dated catalogue of supporting documents: a closed list, whose conditions are data."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0003_parc_et_mediation"),
    ]

    operations = [
        migrations.CreateModel(
            name="TypePiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("debut", models.DateField(null=True, verbose_name="premier jour")),
                ("fin", models.DateField(null=True, verbose_name="dernier jour")),
                ("code", models.CharField(max_length=40)),
                ("niveau", models.CharField(max_length=14)),
                ("libelle", models.CharField(max_length=200, verbose_name="libellé")),
                ("exemples", models.CharField(blank=True, max_length=400)),
                ("portee", models.CharField(max_length=11, verbose_name="portée")),
                ("critere", models.CharField(max_length=20, verbose_name="critère")),
                (
                    "valeurs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list
                    ),
                ),
                ("rang", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "type_de_piece",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fin__gte", models.F("debut"))), name="typepiece_periode"
                    ),
                    models.UniqueConstraint(
                        fields=("code", "debut"), name="type_de_piece_unique", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("niveau__in", ["ENREGISTREMENT", "INSTRUCTION", "COMPLEMENT", "JAMAIS"]),
                            ("portee__in", ["DEMANDEUR", "COTITULAIRE", "ADULTE", "CHARGE", "FOYER"]),
                            (
                                "critere__in",
                                [
                                    "TOUJOURS",
                                    "SUR_INDICATION",
                                    "NATIONALITE",
                                    "SITUATION_FAMILIALE",
                                    "STATUT_PROFESSIONNEL",
                                    "RESSOURCE",
                                    "BAISSE_DE_REVENUS",
                                    "MINEUR",
                                    "NAISSANCE_PREVUE",
                                    "GARDE",
                                    "OCCUPATION",
                                    "LOGEMENT_POSSEDE",
                                    "MOTIF",
                                ],
                            ),
                        ),
                        name="type_de_piece_connu",
                    ),
                ],
            },
        ),
    ]
