"""What the database guarantees of registre beyond its models: one file for each subject."""

from django.db import migrations

from sne.socle.gardes import executer

# The order in which they stand on one another.
SUJETS = (
    "demande",
    "attente",
    "joindre",
    "enquete",
    "controle",
    "pieces",
    "faits",
    "identite",
    "vie",
    "doublons",
    "depot",
    "separation",
    "restauration",
    "avis",
    "requete",
    "mandat",
)


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0001_initial"),
        ("referentiels", "0002_gardes"),
        ("notifications", "0002_gardes"),
        ("documents", "0002_gardes"),
        ("habilitations", "0002_gardes"),
    ]
    operations = [
        *executer("registre", *(f"{sujet}/gardes" for sujet in SUJETS)),
        migrations.RunSQL("SELECT attente_composer()", migrations.RunSQL.noop),
    ]
