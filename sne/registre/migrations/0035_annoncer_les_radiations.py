"""Strikings-off are told from now on: nobody is written to about those of the past."""

from django.db import migrations

DEPUIS_MAINTENANT = """
INSERT INTO journal_abonnement (abonne, scellement)
SELECT 'registre.radiations', max(numero) FROM journal_scellement HAVING max(numero) IS NOT NULL
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0034_effacer_les_doubles"),
        ("journal", "0002_tables"),
    ]

    operations = [
        migrations.RunSQL(DEPUIS_MAINTENANT, migrations.RunSQL.noop),
    ]
