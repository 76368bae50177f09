"""What the database guarantees of documents beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("socle", "0001_gardes")]
    operations = executer("documents", "gardes")
