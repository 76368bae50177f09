"""Files of erased messages, until they are gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_garde_fous"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageAEffacer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False, primary_key=True, serialize=False, verbose_name="le message"
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("demande", models.UUIDField()),
                ("canal", models.CharField(max_length=8)),
                ("depot", models.UUIDField(null=True, verbose_name="dépôt d’impression")),
                ("demande_le", models.DateTimeField(verbose_name="effacement demandé le")),
                ("efface_le", models.DateTimeField(null=True)),
                ("fichiers", models.SmallIntegerField(null=True, verbose_name="fichiers effacés")),
            ],
            options={
                "db_table": "message_a_effacer",
                "indexes": [
                    models.Index(
                        condition=models.Q(("efface_le", None)),
                        fields=["demande_le"],
                        name="message_a_effacer_reste",
                    ),
                    models.Index(fields=["demande"], name="message_a_effacer_demande"),
                ],
            },
        ),
    ]
