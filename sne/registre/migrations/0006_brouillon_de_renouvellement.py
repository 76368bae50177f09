"""A draft may renew a demande: which one, and the revision that was read when it was opened."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0005_renouveler"),
    ]

    operations = [
        migrations.AddField(
            model_name="brouillon",
            name="demande",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registre.demande",
            ),
        ),
        migrations.AddField(
            model_name="brouillon",
            name="revision",
            field=models.IntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="brouillon",
            constraint=models.UniqueConstraint(fields=("demande", "auteur"), name="brouillon_renouvellement"),
        ),
        migrations.AddConstraint(
            model_name="brouillon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("demande__isnull", True), ("revision__isnull", True)),
                    models.Q(("demande__isnull", False), ("revision__isnull", False)),
                    _connector="OR",
                ),
                name="brouillon_demande_et_revision",
            ),
        ),
    ]
