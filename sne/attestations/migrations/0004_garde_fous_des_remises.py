"""What the database guarantees of batches and hand-overs: insert-only, told to the journal, of the same demande."""

from django.db import migrations

CLES = """
ALTER TABLE attestation ADD CONSTRAINT attestation_et_revision UNIQUE (id, demande_id, revision);
-- A part and a hand-over name the demande and the revision of their attestation.
ALTER TABLE attestation_part_de_lot ADD CONSTRAINT part_de_lot_de_son_attestation
    FOREIGN KEY (attestation_id, demande_id, revision) REFERENCES attestation (id, demande_id, revision);
ALTER TABLE attestation_remise ADD CONSTRAINT remise_de_son_attestation
    FOREIGN KEY (attestation_id, demande_id, revision) REFERENCES attestation (id, demande_id, revision);
-- What is handed over from a batch was printed in it.
ALTER TABLE attestation_remise ADD CONSTRAINT remise_de_son_lot
    FOREIGN KEY (lot_id, attestation_id) REFERENCES attestation_part_de_lot (lot_id, attestation_id);
ALTER TABLE attestation_lot ADD CONSTRAINT attestation_lot_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE attestation_part_de_lot ADD CONSTRAINT part_de_lot_empreinte CHECK (octet_length(empreinte) = 32);
"""

GARDES = """
-- At commit: the act must be told by an entry of the same transaction that names the demande and its revision.
CREATE OR REPLACE FUNCTION attestations_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    attendu text := CASE
        WHEN tg_table_name = 'attestation' THEN 'EMETTRE_ATTESTATION'
        WHEN tg_table_name = 'attestation_remise' THEN 'REMETTRE_ATTESTATION'
        WHEN tg_table_name = 'attestation_part_de_lot' THEN 'OUVRIR_ATTESTATION'
        WHEN tg_op = 'INSERT' THEN 'ATTESTATION_IMPOSSIBLE'
        ELSE 'TRAITER_ATTESTATION'
    END;
BEGIN
    PERFORM 1 FROM journal_entree
    WHERE demande = NEW.demande_id AND revision = NEW.revision AND verbe = attendu
        AND inscrit_le >= transaction_timestamp() AND xid = pg_current_xact_id()
        AND NEW.id::text IN (faits ->> 'attestation', faits ->> 'cas', faits ->> 'remise', faits ->> 'part');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme % % (%)', tg_table_name, NEW.id, attendu
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

SELECT proteger_ajout_seul('attestation_lot');
SELECT proteger_ajout_seul('attestation_part_de_lot');
SELECT proteger_ajout_seul('attestation_remise');
CREATE TRIGGER estampille BEFORE INSERT ON attestation_lot FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON attestation_remise FOR EACH ROW EXECUTE FUNCTION estampiller();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON attestation_part_de_lot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_exiger_entree();
CREATE CONSTRAINT TRIGGER journalise AFTER INSERT ON attestation_remise
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_exiger_entree();

-- A batch counts its parts, and all of them came with it.
CREATE FUNCTION attestations_compter_le_lot() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    voulu uuid := CASE tg_table_name WHEN 'attestation_lot' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'lot_id')::uuid END;
BEGIN
    PERFORM 1 FROM attestation_lot l
    WHERE l.id = voulu AND l.nombre = (SELECT count(*) FROM attestation_part_de_lot p WHERE p.lot_id = l.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'le lot % ne compte pas ses parts', voulu USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER compte AFTER INSERT ON attestation_lot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_compter_le_lot();
CREATE CONSTRAINT TRIGGER compte AFTER INSERT ON attestation_part_de_lot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attestations_compter_le_lot();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attestations", "0003_registre_et_remises"),
        ("journal", "0001_journal"),
    ]
    operations = [
        migrations.RunSQL(CLES, migrations.RunSQL.noop),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
