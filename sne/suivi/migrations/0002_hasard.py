"""The probability of as many changes, computed with the activity: no page loads what computes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("suivi", "0001_activite"),
    ]

    operations = [
        migrations.AddField(
            model_name="activitemensuelle",
            name="hasard",
            field=models.FloatField(null=True, verbose_name="probabilité d’autant de changements"),
        ),
    ]
