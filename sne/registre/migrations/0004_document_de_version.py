"""The paper shown for a change, kept beside its reason in the version that the change made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registre", "0003_numero_unique")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="document",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="référence du document présenté",
            ),
        )
    ]
