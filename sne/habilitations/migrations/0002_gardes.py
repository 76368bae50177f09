"""What the database guarantees of habilitations beyond its models (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    dependencies = [
        ("habilitations", "0001_initial"),
        ("journal", "0002_gardes"),
        ("otp_totp", "0003_add_timestamps"),
    ]
    operations = executer("habilitations", "gardes")
