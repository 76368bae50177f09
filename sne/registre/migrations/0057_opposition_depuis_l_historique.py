"""An objection may come from a line of the history, by the link of a notice or by an adult who is known."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registre", "0056_protection_neuve")]

    operations = [
        migrations.AddField(model_name="opposition", name="entree", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="opposition", name="personne", field=models.UUIDField(null=True)),
        migrations.AlterField(
            model_name="opposition",
            name="avis",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opposition",
                to="registre.avischangement",
            ),
        ),
        migrations.AddConstraint(
            model_name="opposition",
            constraint=models.CheckConstraint(
                condition=models.Q(("avis__isnull", False), ("personne", None))
                | models.Q(("avis", None), ("entree__isnull", False)),
                name="opposition_par_une_porte",
            ),
        ),
        migrations.AddConstraint(
            model_name="opposition",
            constraint=models.UniqueConstraint(
                fields=("territoire", "enquete", "entree", "personne"), name="opposition_une_fois_par_ligne"
            ),
        ),
    ]
