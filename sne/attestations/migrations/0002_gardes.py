"""What the database guarantees of attestations beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("attestations", "0001_initial"), ("registre", "0002_gardes")]
    operations = executer("attestations", "gardes")
