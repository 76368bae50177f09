"""Who accepts that a demande is put back is another person than who asked, whatever accounts they hold."""

from django.db import migrations, models

GARDES = """
CREATE TRIGGER personnes BEFORE INSERT ON decision_restauration
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0049_anciens_titulaires"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionrestauration",
            name="personne_auteur",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="decisionrestauration",
            name="personne_decideur",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="decisionrestauration",
            constraint=models.CheckConstraint(
                condition=models.Q(("personne_auteur", models.F("personne_decideur")), _negated=True),
                name="decision_restauration_deux_personnes",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
