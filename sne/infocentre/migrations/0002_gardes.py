"""What the database guarantees of infocentre beyond its models: one file for each subject."""

from django.db import migrations

from sne.socle.gardes import executer

# The order in which they stand on one another.
SUJETS = (
    "lac",
    "rpls",
    "abonnements",
    "ouvert",
)


class Migration(migrations.Migration):
    dependencies = [("infocentre", "0001_initial"), ("registre", "0002_gardes")]
    operations = executer("infocentre", *(f"{sujet}/gardes" for sujet in SUJETS))
