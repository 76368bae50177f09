"""The journal’s tables as Django’s migration state; their SQL is in 0001."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_journal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Abonnement",
            fields=[
                ("abonne", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("scellement", models.BigIntegerField()),
                ("avance_le", models.DateTimeField()),
            ],
            options={
                "db_table": "journal_abonnement",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Entree",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("territoire", models.CharField(max_length=3)),
                ("demande", models.UUIDField(null=True)),
                ("revision", models.IntegerField(null=True)),
                ("verbe", models.CharField(max_length=30)),
                ("acteur", models.JSONField()),
                ("faits", models.JSONField()),
                ("correlation", models.UUIDField(null=True)),
                ("survenu_le", models.DateTimeField()),
                ("inscrit_le", models.DateTimeField()),
                ("empreinte", models.BinaryField()),
            ],
            options={
                "db_table": "journal_entree",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "scellement", "rang", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scellement", models.BigIntegerField()),
                ("rang", models.IntegerField()),
                ("entree", models.UUIDField(unique=True)),
                ("inscrit_le", models.DateTimeField()),
            ],
            options={
                "db_table": "journal_position",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Scellement",
            fields=[
                ("numero", models.BigIntegerField(primary_key=True, serialize=False)),
                ("ere", models.TextField()),
                ("nombre", models.IntegerField()),
                ("racine", models.BinaryField()),
                ("precedent", models.BinaryField()),
                ("empreinte", models.BinaryField()),
                ("scelle_le", models.DateTimeField()),
            ],
            options={
                "db_table": "journal_scellement",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Valeur",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "entree",
                        "champ",
                        "cote",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("entree", models.UUIDField()),
                ("champ", models.TextField()),
                ("cote", models.CharField(max_length=5)),
                ("sel", models.BinaryField()),
                ("valeur", models.TextField(null=True)),
            ],
            options={
                "db_table": "journal_valeur",
                "managed": False,
            },
        ),
    ]
