"""Who decides of an identity is another person than who typed it, whatever accounts they hold."""

from django.db import migrations, models

GARDES = """
-- Whoever these accounts are is the database's to say: what is sent is overwritten.
CREATE FUNCTION registre_nommer_les_personnes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.personne_auteur := compte_personne(NEW.auteur);
    NEW.personne_decideur := compte_personne(NEW.decideur);
    RETURN NEW;
END $$;
CREATE TRIGGER personnes BEFORE INSERT ON decision_identite
    FOR EACH ROW EXECUTE FUNCTION registre_nommer_les_personnes();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0047_echange_identite"),
        ("habilitations", "0002_titulaire"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionidentite",
            name="personne_auteur",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="decisionidentite",
            name="personne_decideur",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="decisionidentite",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issue__in", ["VALIDEE", "REFUSEE"]),
                    ("personne_auteur", models.F("personne_decideur")),
                    _negated=True,
                ),
                name="decision_deux_personnes",
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
