"""What the database guarantees of demandeurs beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("demandeurs", "0001_initial"), ("socle", "0001_gardes")]
    operations = executer("demandeurs", "gardes")
