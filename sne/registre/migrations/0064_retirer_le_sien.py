"""A change of identity is taken back by the person who asked for it, under any of their accounts."""

from uuid import UUID

from django.db import migrations, models
from django.db.models import F, Q

QUATRE_YEUX = (
    Q(issue__in=["VALIDEE", "REFUSEE"]) & ~Q(auteur=F("decideur"))
    | Q(issue="ANNULEE", personne_auteur=F("personne_decideur"))
    | Q(issue="EXPIREE", decideur=UUID("00000000-0000-7000-8000-000000000001"))
)


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0063_pieces_gardees"),
    ]

    operations = [
        migrations.RemoveConstraint("decisionidentite", "decision_quatre_yeux"),
        migrations.AddConstraint(
            "decisionidentite", models.CheckConstraint(condition=QUATRE_YEUX, name="decision_quatre_yeux")
        ),
    ]
