"""A refused separation, and a refused cancellation, are kept like the other refused acts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0032_heritier_reste"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="tentativerefusee",
            name="tentative_refusee_acte",
        ),
        migrations.AddConstraint(
            model_name="tentativerefusee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "acte__in",
                        [
                            "CONSIGNER_EVENEMENT",
                            "CONSIGNER_DECISION",
                            "CONSIGNER_ATTRIBUTION",
                            "CONSIGNER_DALO",
                            "RETIRER_FAIT",
                            "RADIER",
                            "SEPARER",
                            "ANNULER",
                            "RETABLIR",
                        ],
                    ),
                    models.Q(("phrase", ""), _negated=True),
                ),
                name="tentative_refusee_acte",
            ),
        ),
    ]
