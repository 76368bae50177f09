"""A counter belongs to a known territory: ``territoire`` is plain text in every table, here the database checks it."""

from django.db import migrations

CONTRAINTE = """
    ALTER TABLE guichet ADD CONSTRAINT guichet_de_son_territoire
    FOREIGN KEY (territoire) REFERENCES territoire (code) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [("referentiels", "0001_initial")]

    operations = [
        migrations.RunSQL(CONTRAINTE, "ALTER TABLE guichet DROP CONSTRAINT guichet_de_son_territoire"),
    ]
