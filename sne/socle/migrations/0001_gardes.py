"""Extensions and functions that tables of every module stand on (``gardes.sql``)."""

from django.db import migrations

from sne.socle.gardes import executer


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = executer("socle", "gardes")
