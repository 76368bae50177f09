-- What the database guarantees of attestations, beyond what its models declare.

ALTER TABLE attestation ADD CONSTRAINT attestation_et_demande UNIQUE (id, demande_id, modele);
ALTER TABLE attestation ADD CONSTRAINT attestation_et_revision UNIQUE (id, demande_id, revision);
ALTER TABLE attestation ADD CONSTRAINT attestation_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE attestation_lot ADD CONSTRAINT attestation_lot_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE attestation_part_de_lot ADD CONSTRAINT part_de_lot_empreinte CHECK (octet_length(empreinte) = 32);

-- An attestation says the state of a revision that exists, and replaces one of the same demande and model.
ALTER TABLE attestation ADD CONSTRAINT attestation_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE attestation ADD CONSTRAINT attestation_sa_precedente
    FOREIGN KEY (remplace_id, demande_id, modele) REFERENCES attestation (id, demande_id, modele)
    DEFERRABLE INITIALLY DEFERRED;

-- A part and a hand-over name the demande and the revision of their attestation.
ALTER TABLE attestation_part_de_lot ADD CONSTRAINT part_de_lot_de_son_attestation
    FOREIGN KEY (attestation_id, demande_id, revision) REFERENCES attestation (id, demande_id, revision);
ALTER TABLE attestation_remise ADD CONSTRAINT remise_de_son_attestation
    FOREIGN KEY (attestation_id, demande_id, revision) REFERENCES attestation (id, demande_id, revision);

-- What is handed over from a batch was printed in it.
ALTER TABLE attestation_remise ADD CONSTRAINT remise_de_son_lot
    FOREIGN KEY (lot_id, attestation_id) REFERENCES attestation_part_de_lot (lot_id, attestation_id);

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
