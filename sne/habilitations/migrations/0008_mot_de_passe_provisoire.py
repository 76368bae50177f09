"""A password that somebody else chose: whoever signs in with it chooses theirs before anything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("habilitations", "0007_rien_sans_entree")]

    operations = [
        migrations.AddField("compte", "mot_de_passe_provisoire", models.BooleanField(default=False)),
    ]
