"""A dated parameter as the guards of the database read it."""

from django.db import migrations

SQL = """
-- The whole number in force on that day, as the selectors read it; NULL when there is none.
CREATE FUNCTION parametre_entier(p_code text, p_le date) RETURNS integer LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT (p.valeur #>> '{}')::integer FROM parametre p
    WHERE p.code = p_code AND coalesce(p.debut, '-infinity') <= p_le AND coalesce(p.fin, 'infinity') >= p_le
    ORDER BY p.debut DESC NULLS LAST LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("referentiels", "0007_fuseau")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
