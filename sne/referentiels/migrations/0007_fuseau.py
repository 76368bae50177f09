"""The clock of the counters of a territory."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0006_justificatifs_acceptes"),
    ]

    operations = [
        migrations.AddField(
            model_name="territoire",
            name="fuseau",
            field=models.CharField(db_default="Europe/Paris", max_length=40, verbose_name="fuseau horaire"),
        ),
    ]
