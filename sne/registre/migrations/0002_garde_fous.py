"""What the database itself guarantees: composite keys, append-only tables, journalled changes, immutable columns."""

from django.db import migrations

CLES_COMPOSEES = """
-- A plain foreign key would let a person point at somebody else's identity, or an identity be filed under a demande
-- whose journal entry then covers it. These keys tie each row to the same person and the same demande.
ALTER TABLE personne ADD CONSTRAINT personne_et_demande UNIQUE (id, demande_id);
ALTER TABLE identite ADD CONSTRAINT identite_et_personne UNIQUE (id, personne_id);
ALTER TABLE identite ADD CONSTRAINT identite_et_auteur UNIQUE (id, demande_id, auteur);
ALTER TABLE version ADD CONSTRAINT version_et_demande UNIQUE (id, demande_id, numero);
ALTER TABLE identite ADD CONSTRAINT identite_de_sa_demande
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE personne ADD CONSTRAINT personne_son_identite
    FOREIGN KEY (identite_courante_id, id) REFERENCES identite (id, personne_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_de_sa_demande
    FOREIGN KEY (personne_id, demande_id) REFERENCES personne (id, demande_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE demande ADD CONSTRAINT demande_sa_version
    FOREIGN KEY (version_courante_id, id, revision) REFERENCES version (id, demande_id, numero)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE decision_identite ADD CONSTRAINT decision_sur_son_auteur
    FOREIGN KEY (identite_id, demande_id, auteur) REFERENCES identite (id, demande_id, auteur)
    DEFERRABLE INITIALLY DEFERRED;
-- A replaced co-holder's row must stay: only the persons still there hold a rank.
ALTER TABLE personne ADD CONSTRAINT personne_rang
    EXCLUDE USING btree (demande_id WITH =, role WITH =, rang WITH =) WHERE (retire_le IS NULL)
    DEFERRABLE INITIALLY DEFERRED;
-- A title descends from at most one, and a person starts from at most one: the chain cannot fork.
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_sans_fourche UNIQUE (precedent_id);
CREATE UNIQUE INDEX titre_premier ON titre_anciennete (demande_id, personne_id) NULLS NOT DISTINCT
    WHERE precedent_id IS NULL;
ALTER TABLE titre_anciennete ADD CONSTRAINT titre_acte CHECK (
    acte IN ('DEPOT', 'REPRISE', 'ADJONCTION') AND precedent_id IS NULL);
"""

GARDES = """
CREATE FUNCTION estampiller() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.inscrit_le := clock_timestamp();
    RETURN NEW;
END $$;

-- At commit: whatever changed must be told by an entry of the same transaction that names the demande and its revision.
CREATE FUNCTION registre_exiger_entree() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        AND verbe IN ('DEPOSER', 'MODIFIER', 'REPRENDRE');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aucune entrée de journal ne nomme la demande % à la révision % (% sur %)',
            cible, rev, tg_op, tg_table_name USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Columns that no act of this register changes once the row exists.
CREATE FUNCTION registre_figer_demande() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.territoire, NEW.nud, NEW.canal, NEW.guichet_createur, NEW.date_depot, NEW.date_enregistrement,
        NEW.titulaire)
        IS DISTINCT FROM
        (OLD.id, OLD.territoire, OLD.nud, OLD.canal, OLD.guichet_createur, OLD.date_depot, OLD.date_enregistrement,
        OLD.titulaire)
    THEN
        RAISE EXCEPTION 'demande % : numéro, territoire, dépôt et titulaire ne changent jamais', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registre_figer_personne() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.territoire, NEW.demande_id, NEW.role) IS DISTINCT FROM
        (OLD.id, OLD.territoire, OLD.demande_id, OLD.role)
    THEN
        RAISE EXCEPTION 'personne % : elle reste dans sa demande et son rôle', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['identite', 'decision_identite', 'titre_anciennete', 'version', 'requete_anteriorite'] LOOP
        PERFORM proteger_ajout_seul(t::regclass);
        EXECUTE format('CREATE TRIGGER estampille BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION estampiller()', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['demande', 'personne', 'identite', 'decision_identite', 'titre_anciennete',
        'requete_anteriorite'] LOOP
        EXECUTE format('CREATE CONSTRAINT TRIGGER journalise AFTER INSERT OR UPDATE OR DELETE ON %I '
            'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree()', t);
    END LOOP;
    -- A place opened too much only refuses; a place closed in silence would let a second demande open.
    CREATE CONSTRAINT TRIGGER journalise AFTER UPDATE OR DELETE ON place_ouverte
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registre_exiger_entree();
    CREATE TRIGGER fige BEFORE UPDATE ON demande FOR EACH ROW EXECUTE FUNCTION registre_figer_demande();
    CREATE TRIGGER fige BEFORE UPDATE ON personne FOR EACH ROW EXECUTE FUNCTION registre_figer_personne();
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registre", "0001_tables"), ("journal", "0001_journal")]
    operations = [
        migrations.RunSQL(CLES_COMPOSEES, migrations.RunSQL.noop),
        migrations.RunSQL(GARDES, migrations.RunSQL.noop),
    ]
