-- What the database guarantees of the subject « faits », beyond what its models declare.

-- A fact, whatever its table, is of a version of its demande, and replaces a fact of that demande alone.
DO $$
DECLARE
    fait text;
BEGIN
    FOREACH fait IN ARRAY ARRAY['attribution', 'decision_caleol', 'evenement', 'fait_dalo'] LOOP
        EXECUTE format('ALTER TABLE %1$I
            ADD CONSTRAINT %1$s_et_demande UNIQUE (id, demande_id),
            ADD CONSTRAINT %1$s_de_sa_version FOREIGN KEY (demande_id, revision)
                REFERENCES version (demande_id, numero) DEFERRABLE INITIALLY DEFERRED,
            ADD CONSTRAINT %1$s_de_son_dossier FOREIGN KEY (remplace_id, demande_id)
                REFERENCES %1$I (id, demande_id) DEFERRABLE INITIALLY DEFERRED', fait);
    END LOOP;
END $$;
