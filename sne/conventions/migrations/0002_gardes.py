"""What the database guarantees of conventions beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("conventions", "0001_initial"), ("habilitations", "0002_gardes")]
    operations = executer("conventions", "gardes")
