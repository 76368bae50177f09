"""A refused striking-off is kept like the other refused acts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0015_horloge"),
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
                        ],
                    ),
                    models.Q(("phrase", ""), _negated=True),
                ),
                name="tentative_refusee_acte",
            ),
        ),
    ]
