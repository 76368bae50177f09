"""Finding acts by who did them, and by the counter they were done for: two indexes, in the order of pages."""

from django.db import migrations

INDEX = """
CREATE INDEX journal_entree_agent ON journal_entree ((acteur ->> 'id'), survenu_le, id);
CREATE INDEX journal_entree_guichet ON journal_entree (territoire, (acteur ->> 'guichet'), survenu_le, id);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_preuve_garde_fous")]
    operations = [migrations.RunSQL(INDEX, migrations.RunSQL.noop)]
