"""What the database guarantees of the shared spaces beyond their models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [("collaboratif", "0001_initial"), ("journal", "0002_gardes")]
    operations = executer("collaboratif", "gardes")
