"""What the database guarantees of suivi beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("suivi", "0001_initial"), ("registre", "0002_gardes")]
    operations = executer("suivi", "gardes")
