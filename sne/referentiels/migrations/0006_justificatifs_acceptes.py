"""What a document of the catalogue accepts, answers for, is about, and how long it counts."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referentiels", "0005_types_evenement_et_publics"),
    ]

    operations = [
        migrations.AddField(
            model_name="typepiece",
            name="annee",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="années avant celle en cours"),
        ),
        migrations.AddField(
            model_name="typepiece",
            name="natures",
            field=models.JSONField(default=list, verbose_name="justificatifs acceptés"),
        ),
        migrations.AddField(
            model_name="typepiece",
            name="repondent",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list
            ),
        ),
        migrations.AddField(
            model_name="typepiece",
            name="sante",
            field=models.BooleanField(default=False, verbose_name="parle de santé"),
        ),
        migrations.AddField(
            model_name="typepiece",
            name="validite_mois",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="mois de validité"),
        ),
    ]
