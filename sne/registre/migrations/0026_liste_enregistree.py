"""Work lists kept under a name: the list and its filters, never its lines."""

from django.db import migrations, models

import sne.socle.identifiants


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0025_verifier_courriel"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListeEnregistree",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=sne.socle.identifiants.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territoire", models.CharField(max_length=3)),
                ("guichet", models.CharField(blank=True, max_length=5)),
                ("auteur", models.UUIDField()),
                ("auteur_nom", models.CharField(max_length=161)),
                ("nom", models.CharField(max_length=60)),
                ("liste", models.CharField(max_length=12)),
                ("filtre", models.JSONField()),
                ("partage", models.CharField(max_length=10)),
                ("maj_le", models.DateTimeField()),
            ],
            options={
                "db_table": "liste_enregistree",
                "indexes": [
                    models.Index(
                        condition=models.Q(("partage", "PRIVEE"), _negated=True),
                        fields=["territoire", "partage", "guichet"],
                        name="liste_enregistree_partagee",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territoire", "auteur", "nom"), name="liste_enregistree_un_nom_par_auteur"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "liste__in",
                                ["ECHEANCE", "INCOMPLETES", "REPONSES", "COURRIERS", "QUALIFIER", "MIENNES"],
                            ),
                            ("partage__in", ["PRIVEE", "GUICHET", "TERRITOIRE"]),
                            models.Q(("nom", ""), _negated=True),
                        ),
                        name="liste_enregistree_codes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("partage", "GUICHET"), _negated=True),
                            models.Q(("guichet", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="liste_enregistree_guichet",
                    ),
                ],
            },
        ),
    ]
