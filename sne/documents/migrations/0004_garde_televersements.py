"""What the database guarantees of files being sent: they only go forward, and hold the objects of their pieces."""

from django.db import migrations

GARDES = """
-- What was announced does not change, what was received is not taken back, what is over is over.
CREATE FUNCTION televersements_garder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.recu < OLD.recu OR OLD.conclu_le IS NOT NULL AND ROW(NEW.*) IS DISTINCT FROM ROW(OLD.*) THEN
        RAISE EXCEPTION 'téléversement % : il ne revient pas en arrière', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- At commit: every byte that counts is in the store, and they follow one another from the first on.
CREATE FUNCTION televersements_suivre() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM televersement t
        WHERE t.id = NEW.id AND t.conclu_le IS NULL AND (
            t.recu <> (SELECT coalesce(sum(m.taille), 0) FROM televersement_morceau m
                WHERE m.televersement_id = t.id AND m.compte_le IS NOT NULL)
            OR EXISTS (SELECT FROM televersement_morceau m JOIN document_objet o ON o.id = m.objet_id
                WHERE m.televersement_id = t.id AND m.compte_le IS NOT NULL AND o.pose_le IS NULL)))
    THEN
        RAISE EXCEPTION 'téléversement % : ce qui compte n’est pas tout là', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION documents_garder_morceau() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM document_objet WHERE id = NEW.objet_id AND efface_le IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'objet % : en cours d’effacement', NEW.objet_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A piece holds its object as a part of a document does.
CREATE FUNCTION documents_garder_objet_de_morceau() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM televersement_morceau WHERE objet_id = NEW.id) THEN
        RAISE EXCEPTION 'objet % : un téléversement le tient', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE televersement ADD CONSTRAINT televersement_de_son_territoire UNIQUE (id, territoire);
ALTER TABLE televersement ADD CONSTRAINT televersement_du_territoire_du_document
    FOREIGN KEY (document_id, territoire) REFERENCES document (id, territoire);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_non_vide CHECK (taille > 0 AND debut >= 0);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_du_territoire_du_televersement
    FOREIGN KEY (televersement_id, territoire) REFERENCES televersement (id, territoire);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_du_territoire_de_l_objet
    FOREIGN KEY (objet_id, territoire) REFERENCES document_objet (id, territoire);
CREATE TRIGGER estampille BEFORE INSERT ON televersement FOR EACH ROW EXECUTE FUNCTION documents_estampiller();
CREATE TRIGGER estampille BEFORE INSERT ON televersement_morceau
    FOR EACH ROW EXECUTE FUNCTION documents_estampiller();
CREATE TRIGGER garde BEFORE UPDATE ON televersement FOR EACH ROW EXECUTE FUNCTION televersements_garder();
CREATE TRIGGER garde BEFORE INSERT ON televersement_morceau
    FOR EACH ROW EXECUTE FUNCTION documents_garder_morceau();
CREATE TRIGGER garde_morceau BEFORE UPDATE ON document_objet FOR EACH ROW
    WHEN (OLD.efface_le IS NULL AND NEW.efface_le IS NOT NULL)
    EXECUTE FUNCTION documents_garder_objet_de_morceau();
CREATE CONSTRAINT TRIGGER suite AFTER UPDATE OF recu ON televersement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION televersements_suivre();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_televersements")]
    operations = [migrations.RunSQL(GARDES, migrations.RunSQL.noop)]
