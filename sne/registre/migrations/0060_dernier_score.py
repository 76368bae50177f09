"""The last act that was ranked on each file of a territory is read in the order of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0059_retirer_du_journal"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="operation",
            index=models.Index(
                condition=models.Q(("score__isnull", False)),
                fields=["territoire", "demande", "-survenu_le", "-id"],
                name="operation_du_score",
            ),
        ),
    ]
