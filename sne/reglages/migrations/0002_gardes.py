"""What the database guarantees of reglages beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [
        ("reglages", "0001_initial"),
        ("habilitations", "0002_gardes"),
        ("referentiels", "0002_gardes"),
    ]
    operations = executer("reglages", "gardes")
