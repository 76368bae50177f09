"""Indexes of the search: names that look alike within a territory, and the alphabetical list by used name."""

from django.db import migrations, models

# Birth name, first names and used name as one text: whatever the order of the words typed, each of them must resemble
# a part of it, and the index intersects them before any row is read (docs/adr/0022-chercher.md). A short pending list
# keeps its merge, paid by one writer now and then, to some milliseconds.
RESSEMBLANCE = """
CREATE INDEX identite_ressemblance ON identite
USING gin (territoire, (nom_norm || ' ' || prenoms_norm || ' ' || usage_norm) gin_trgm_ops)
WITH (gin_pending_list_limit = 1024);
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0006_brouillon_de_renouvellement")]
    operations = [
        migrations.AddIndex(
            model_name="identite",
            index=models.Index(
                fields=["territoire", "usage_norm", "prenoms_norm"],
                name="identite_usage",
                condition=~models.Q(usage_norm=""),
            ),
        ),
        migrations.RunSQL(RESSEMBLANCE, "DROP INDEX identite_ressemblance"),
    ]
