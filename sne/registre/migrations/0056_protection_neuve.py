"""A notice left to the territorial manager may be so because of a protection that has just been said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0055_actes_par_interface"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="avischangement", name="avis_changement_parti_ou_confie"),
        migrations.AddConstraint(
            model_name="avischangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("canal__in", ["COURRIEL", "SMS", "LETTRE"]),
                        ("empreinte__isnull", False),
                        ("message__isnull", False),
                        ("porte_le", None),
                        ("raison", ""),
                    ),
                    models.Q(
                        ("canal", ""),
                        ("empreinte", None),
                        ("jeton", None),
                        ("message", None),
                        ("raison__in", ["PROTEGEE", "PROTECTION_NEUVE", "CONTACT_PARTAGE", "INJOIGNABLE"]),
                    ),
                    _connector="OR",
                ),
                name="avis_changement_parti_ou_confie",
            ),
        ),
    ]
