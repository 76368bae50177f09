"""The dwelling that a household aims at, from its size and its composition, which whoever reads both has already.

``lac_cible`` stays where it was made, for the release before.
"""

from django.db import migrations

CIBLE = """
CREATE FUNCTION lac_cible_de(personnes integer, composition text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN personnes <= 1 THEN 'T1-T2'
        WHEN personnes = 2 THEN CASE composition WHEN 'MONOPARENTALE' THEN 'T3' ELSE 'T1-T2' END
        WHEN personnes = 3 THEN 'T3' WHEN personnes = 4 THEN 'T4' ELSE 'T5P' END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("infocentre", "0004_contours")]
    operations = [
        migrations.RunSQL("SET lock_timeout = '3s'", migrations.RunSQL.noop),
        migrations.RunSQL(CIBLE, migrations.RunSQL.noop),
    ]
