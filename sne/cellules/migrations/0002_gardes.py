"""What the database guarantees of cells beyond their model (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("cellules", "0001_initial"), ("journal", "0002_gardes")]
    operations = executer("cellules", "gardes")
