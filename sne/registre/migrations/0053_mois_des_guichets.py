"""What was done in a month is found without reading everything: versions come in the order of time, changes are few."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registre", "0052_observation_identite")]

    operations = [
        migrations.AddIndex(
            "examenidentite",
            models.Index(fields=["territoire", "survenu_le"], name="examen_identite_du_mois"),
        ),
        migrations.AddIndex(
            "version", BrinIndex(fields=["survenu_le"], autosummarize=True, name="version_du_mois")
        ),
    ]
