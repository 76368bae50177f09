"""A version is never ahead of its demande: it comes with the revision that it describes, hence with its entry."""

from django.db import migrations

# Every revision has its version and no number serves twice, so a version added apart can only be ahead. The deposit's,
# number 1, cannot be added apart at all: the hot path of registration pays nothing.
GARDE = """
CREATE FUNCTION registre_exiger_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM demande WHERE id = NEW.demande_id AND NEW.numero BETWEEN 1 AND revision;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'version % de la demande % : ce n’est pas une de ses révisions',
            NEW.numero, NEW.demande_id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER de_sa_revision AFTER INSERT ON version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.numero <> 1)
    EXECUTE FUNCTION registre_exiger_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0013_tentative_refusee")]
    operations = [migrations.RunSQL(GARDE, migrations.RunSQL.noop)]
