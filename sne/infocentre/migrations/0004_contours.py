"""Outlines of communes that the operator gives."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("infocentre", "0003_catalogue")]
    operations = [
        migrations.RunSQL("SET lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ContoursDepartement",
            fields=[
                ("departement", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("contours", models.JSONField()),
                ("source", models.CharField(max_length=200)),
                ("licence", models.CharField(max_length=200)),
                ("charge_le", models.DateTimeField()),
            ],
            options={"db_table": "contours_departement"},
        ),
        migrations.AddConstraint(
            model_name="contoursdepartement",
            constraint=models.CheckConstraint(
                condition=~Q(source="") & ~Q(licence=""), name="contours_departement_de_qui"
            ),
        ),
    ]
