"""What the database itself guarantees: insert-only, a chain within one demande, an entry for each act."""

from django.db import migrations

CLES = """
-- An attestation says the state of a revision that exists, and replaces one of the same demande and model.
ALTER TABLE attestation ADD CONSTRAINT attestation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE attestation ADD CONSTRAINT attestation_et_demande UNIQUE (id, demande_id, modele);
ALTER TABLE attestation ADD CONSTRAINT attestation_sa_precedente
    FOREIGN KEY (remplace_id, demande_id, modele) REFERENCES attestation (id, demande_id, modele)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE attestation ADD CONSTRAINT attestation_empreinte CHECK (octet_length(empreinte) = 32);
"""

GARDES = """
-- At commit: the act must be told by an entry of the same transaction that names the demande and its revision.
CREATE FUNCTION attestations_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    attendu text := CASE
        WHEN tg_table_name = 'attestation' THEN 'EMETTRE_ATTESTATION'
        WHEN tg_op = 'INSERT' THEN 'ATTESTATION_IMPOSSIBLE'
        ELSE 'TRAITER_ATTESTATION'
    END;
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = attendu
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND NEW.id::text IN (faits ->> 'attestation', faits ->> 'cas');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme % % (%)', tg_table_name, NEW.id, attendu
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

SELECT proteger_ajout_seul('attestation');
CREATE TRIGGER estampille BEFORE INSERT ON attestation FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON attestation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR UPDATE ON attestation_a_traiter
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_exiger_entree();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attestations", "0001_tables"),
        ("registre", "0002_garde_fous"),
        ("journal", "0001_journal"),
    ]
    operations = [
        migrations.RunSQL(CLES, migrations.RunSQL.noop),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
