"""What the owner alone lets a database do that no register in service may: ``sne.socle.droits.admettre``."""

from django.db import migrations

SQL = """
-- ``AUTRE_JOUR``: acts of another day than the server's; ``REPRISE``: demandes taken over, of any age. Nothing at first;
-- only the owner may replace this function.
CREATE FUNCTION base_admet(p_quoi text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT p_quoi = ANY ('{}'::text[]) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("socle", "0001_fonctions")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
