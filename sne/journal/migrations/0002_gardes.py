"""What the database guarantees of journal beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("socle", "0001_gardes")]
    operations = executer("journal", "gardes")
