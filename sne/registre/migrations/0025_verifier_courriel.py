"""An address is marked as verified by its own act, without a revision, and nothing changes with it."""

from django.db import migrations

GARDES = """
-- A person changes with an act that makes a revision; what is known of its address alone, with the act that says so.
CREATE OR REPLACE FUNCTION registre_exiger_entree_de_personne() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := coalesce(NEW.demande_id, OLD.demande_id);
    verbes text[] := registre_verbes();
    rev integer;
BEGIN
    IF tg_op = 'UPDATE' AND NEW.courriel_etat <> OLD.courriel_etat
        AND to_jsonb(NEW) - 'courriel_etat' = to_jsonb(OLD) - 'courriel_etat'
    THEN
        verbes := verbes || CASE NEW.courriel_etat
            WHEN 'INVALIDE' THEN ARRAY['INVALIDER_COURRIEL']
            WHEN 'VERIFIEE' THEN ARRAY['VERIFIER_COURRIEL']
            ELSE ARRAY[]::text[]
        END;
    END IF;
    SELECT revision INTO rev FROM demande WHERE id = cible;
    PERFORM 1 FROM journal_entree
    WHERE demande = cible AND inscrit_le >= transaction_timestamp()
        AND xid = pg_current_xact_id() AND revision = rev AND verbe = ANY (verbes);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            cible, rev, tg_op, tg_table_name USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0024_ensemble_doublon"),
    ]

    operations = [migrations.RunSQL(GARDES, migrations.RunSQL.noop)]
