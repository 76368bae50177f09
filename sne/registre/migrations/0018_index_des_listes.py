"""Indexes in the very order of the lists by end of validity, for a territory and for a counter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0017_etat_du_courriel"),
    ]

    operations = [
        migrations.RemoveIndex("demande", "demande_par_guichet"),
        migrations.RemoveIndex("demande", "demande_echeance"),
        migrations.AddIndex(
            "demande",
            models.Index(
                fields=["territoire", "guichet_gestionnaire", "statut", "date_expiration", "id"],
                name="demande_echeance_guichet",
            ),
        ),
        migrations.AddIndex(
            "demande",
            models.Index(fields=["territoire", "statut", "date_expiration", "id"], name="demande_echeance"),
        ),
    ]
