-- What the database guarantees of the subject « faits », beyond what its models declare.

ALTER TABLE attribution ADD CONSTRAINT attribution_et_demande
    UNIQUE (id, demande_id);
ALTER TABLE decision_caleol ADD CONSTRAINT decision_caleol_et_demande
    UNIQUE (id, demande_id);
ALTER TABLE evenement ADD CONSTRAINT evenement_et_demande
    UNIQUE (id, demande_id);
ALTER TABLE fait_dalo ADD CONSTRAINT fait_dalo_et_demande
    UNIQUE (id, demande_id);
ALTER TABLE attribution ADD CONSTRAINT attribution_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE attribution ADD CONSTRAINT attribution_de_son_dossier
    FOREIGN KEY (remplace_id, demande_id) REFERENCES attribution(id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_caleol ADD CONSTRAINT decision_caleol_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_caleol ADD CONSTRAINT decision_caleol_de_son_dossier
    FOREIGN KEY (remplace_id, demande_id) REFERENCES decision_caleol(id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE evenement ADD CONSTRAINT evenement_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE evenement ADD CONSTRAINT evenement_de_son_dossier
    FOREIGN KEY (remplace_id, demande_id) REFERENCES evenement(id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE fait_dalo ADD CONSTRAINT fait_dalo_de_sa_version
    FOREIGN KEY (demande_id, revision) REFERENCES version(demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE fait_dalo ADD CONSTRAINT fait_dalo_de_son_dossier
    FOREIGN KEY (remplace_id, demande_id) REFERENCES fait_dalo(id, demande_id)
    DEFERRABLE INITIALLY DEFERRED;
