"""A renewal is an act that covers a change: the verbs that do are said in one function, not in the trigger."""

from django.db import migrations

VERBES = """
-- The acts that make a revision. A new one is added here, by replacing this function.
CREATE FUNCTION registre_verbes() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['DEPOSER', 'MODIFIER', 'RENOUVELER', 'REPRENDRE']
$$;

CREATE OR REPLACE FUNCTION registre_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid;
    rev integer;
BEGIN
    IF tg_table_name = 'demande' THEN
        cible := coalesce(NEW.id, OLD.id);
        rev := coalesce(NEW.revision, OLD.revision);
        IF tg_op = 'UPDATE' AND NEW.revision <> OLD.revision + 1 THEN
            RAISE EXCEPTION 'demande % : la révision doit avancer d’un', cible
                USING errcode = 'integrity_constraint_violation';
        END IF;
    ELSE
        cible := coalesce(NEW.demande_id, OLD.demande_id);
        SELECT revision INTO rev FROM demande WHERE id = cible;
    END IF;
    PERFORM 1 FROM journal_entree
    WHERE demande = cible AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = rev
        AND verbe = ANY (registre_verbes());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            cible, rev, tg_op, tg_table_name USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0004_document_de_version")]
    operations = [migrations.RunSQL(VERBES, migrations.RunSQL.noop)]
