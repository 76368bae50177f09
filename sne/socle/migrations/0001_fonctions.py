"""Extensions and the IMMUTABLE normalisation of names that generated columns and indexes stand on."""

from django.db import migrations

SQL = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE FUNCTION normaliser(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
SET search_path = public, pg_temp
AS $$
    SELECT btrim(regexp_replace(lower(unaccent('public.unaccent'::regdictionary, t)), '[^a-z]+', ' ', 'g'))
$$;
COMMENT ON FUNCTION normaliser(text) IS
    'Version 1. A change of this function is a new function and a rebuild of the columns generated from it.';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
