"""What the database does for the École beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("ecole", "0001_initial"), ("registre", "0002_gardes")]
    operations = executer("ecole", "gardes")
