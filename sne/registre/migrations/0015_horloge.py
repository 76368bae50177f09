"""How far the daily clock went, step by step."""

from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0014_version_de_sa_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="PassageHorloge",
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
                ("jour", models.DateField()),
                ("etape", models.CharField(max_length=12)),
                ("traites", models.IntegerField(default=0)),
                ("refuses", models.IntegerField(default=0)),
                ("commence_le", models.DateTimeField()),
                ("termine_le", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "passage_horloge",
                "indexes": [models.Index(fields=["-jour"], name="passage_horloge_jour")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territoire", "jour", "etape"), name="passage_horloge_unique"
                    )
                ],
            },
        ),
    ]
