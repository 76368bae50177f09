"""What the database guarantees of notifications beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("journal", "0002_gardes")]
    operations = executer("notifications", "gardes")
