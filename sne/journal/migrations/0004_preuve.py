"""Tables of what proves the journal outside: signed checkpoints, keys, time stamps, months taken away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_inscrire_en_lot")]

    operations = [
        migrations.CreateModel(
            name="Cle",
            fields=[
                ("numero", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                (
                    "publique",
                    models.TextField(unique=True, verbose_name="clé publique, comme une note la nomme"),
                ),
                (
                    "apres_le_jalon",
                    models.BigIntegerField(verbose_name="dernier jalon que la clé précédente a signé"),
                ),
                ("note", models.TextField(verbose_name="note signée")),
                ("declaree_le", models.DateTimeField()),
            ],
            options={"db_table": "journal_cle"},
        ),
        migrations.CreateModel(
            name="Jalon",
            fields=[
                ("numero", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "scellement",
                    models.BigIntegerField(unique=True, verbose_name="dernier scellement couvert"),
                ),
                ("entrees", models.BigIntegerField(verbose_name="entrées depuis le début")),
                (
                    "cle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.cle"
                    ),
                ),
                ("note", models.TextField(verbose_name="note signée")),
                ("pose_le", models.DateTimeField()),
            ],
            options={"db_table": "journal_jalon"},
        ),
        migrations.CreateModel(
            name="Tuile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "niveau", "indice", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("niveau", models.PositiveSmallIntegerField()),
                ("indice", models.BigIntegerField()),
                ("empreinte", models.BinaryField()),
            ],
            options={"db_table": "journal_tuile"},
        ),
        migrations.CreateModel(
            name="Horodatage",
            fields=[
                (
                    "jalon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="horodatage",
                        serialize=False,
                        to="journal.jalon",
                    ),
                ),
                ("autorite", models.TextField(verbose_name="adresse de l’autorité")),
                ("reponse", models.BinaryField(verbose_name="réponse, comme reçue")),
                ("horodate_le", models.DateTimeField(verbose_name="instant que dit l’autorité")),
            ],
            options={"db_table": "journal_horodatage"},
        ),
        migrations.CreateModel(
            name="Retrait",
            fields=[
                (
                    "mois",
                    models.DateField(
                        primary_key=True, serialize=False, verbose_name="premier jour du mois, UTC"
                    ),
                ),
                ("entrees", models.BigIntegerField()),
                ("note", models.TextField(verbose_name="note signée")),
                ("retire_le", models.DateTimeField()),
            ],
            options={"db_table": "journal_retrait"},
        ),
    ]
