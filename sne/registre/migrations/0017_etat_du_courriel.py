"""What is known of an e-mail address: a column that its own act may change without a revision, and nothing with it."""

from django.db import migrations, models

ETATS = ["NON_VERIFIEE", "VERIFIEE", "INVALIDE"]
GARDES = """
-- A person changes with an act that makes a revision; the mark « refuses messages » alone, with the act that says so.
CREATE FUNCTION registre_exiger_entree_de_personne() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    cible uuid := coalesce(NEW.demande_id, OLD.demande_id);
    verbes text[] := registre_verbes();
    rev integer;
BEGIN
    IF tg_op = 'UPDATE' AND NEW.courriel_etat = 'INVALIDE' AND OLD.courriel_etat <> 'INVALIDE'
        AND to_jsonb(NEW) - 'courriel_etat' = to_jsonb(OLD) - 'courriel_etat'
    THEN
        verbes := verbes || ARRAY['INVALIDER_COURRIEL'];
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

DROP TRIGGER journalise ON personne;
CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OR DELETE ON personne
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree_de_personne();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registre", "0016_radiation_refusee"),
    ]

    operations = [
        migrations.AddField(
            "personne",
            "courriel_etat",
            models.CharField(max_length=12, default="NON_VERIFIEE", db_default="NON_VERIFIEE"),
        ),
        migrations.AddConstraint(
            "personne",
            models.CheckConstraint(
                condition=models.Q(("courriel_etat__in", ETATS)), name="personne_courriel_etat"
            ),
        ),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
