"""Risky acts of a counter through an interface are found by its code: no agent is known of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0054_partout_deux_personnes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(
                condition=models.Q(("canal", "INTERFACE"), ("risque", True)),
                fields=["territoire", "guichet", "survenu_le"],
                name="operation_a_risque_interface",
            ),
        ),
    ]
