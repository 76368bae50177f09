-- What the database guarantees of documents, beyond what its models declare.

ALTER TABLE document ADD CONSTRAINT document_de_son_territoire UNIQUE (id, territoire);
ALTER TABLE document_objet ADD CONSTRAINT objet_de_son_territoire UNIQUE (id, territoire);
ALTER TABLE televersement ADD CONSTRAINT televersement_de_son_territoire UNIQUE (id, territoire);
ALTER TABLE document ADD CONSTRAINT document_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE document_objet ADD CONSTRAINT objet_empreinte CHECK (octet_length(empreinte) = 32);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_non_vide CHECK (taille > 0 AND debut >= 0);
ALTER TABLE document_partie ADD CONSTRAINT partie_du_territoire_du_document
    FOREIGN KEY (document_id, territoire) REFERENCES document (id, territoire);
ALTER TABLE document_partie ADD CONSTRAINT partie_du_territoire_de_l_objet
    FOREIGN KEY (objet_id, territoire) REFERENCES document_objet (id, territoire);
ALTER TABLE televersement ADD CONSTRAINT televersement_du_territoire_du_document
    FOREIGN KEY (document_id, territoire) REFERENCES document (id, territoire);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_du_territoire_du_televersement
    FOREIGN KEY (televersement_id, territoire) REFERENCES televersement (id, territoire);
ALTER TABLE televersement_morceau ADD CONSTRAINT morceau_du_territoire_de_l_objet
    FOREIGN KEY (objet_id, territoire) REFERENCES document_objet (id, territoire);

-- A document goes from state to state as the table of the rules says, and what it is does not change.
CREATE FUNCTION documents_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.etat <> OLD.etat AND NOT (OLD.etat || '>' || NEW.etat = ANY (ARRAY[
        'RECEPTION>DISPONIBLE', 'RECEPTION>QUARANTAINE', 'RECEPTION>EFFACE', 'QUARANTAINE>DISPONIBLE',
        'QUARANTAINE>INFECTE', 'QUARANTAINE>EFFACE', 'DISPONIBLE>EFFACE', 'INFECTE>EFFACE']))
    THEN
        RAISE EXCEPTION 'document % : de % à %, ce passage n’existe pas', OLD.id, OLD.etat, NEW.etat
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.etat <> 'EFFACE' AND ROW(NEW.empreinte, NEW.nom, NEW.mime, NEW.taille, NEW.nombre_pages)
        IS DISTINCT FROM ROW(OLD.empreinte, OLD.nom, OLD.mime, OLD.taille, OLD.nombre_pages)
    THEN
        RAISE EXCEPTION 'document % : ce qu’il est s’efface, et ne change pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.etat = 'EFFACE' AND NOT (NEW.empreinte IS NULL AND NEW.nom IS NULL AND NEW.mime = ''
        AND NEW.taille = 0 AND NEW.nombre_pages = 0)
    THEN
        RAISE EXCEPTION 'document % : effacé, il est vidé', OLD.id USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.etat <> OLD.etat AND OLD.etat = 'RECEPTION' AND NEW.etat <> 'EFFACE' AND (
        NOT EXISTS (SELECT FROM document_partie WHERE document_id = NEW.id AND part = 'ORIGINAL')
        OR EXISTS (SELECT FROM document_partie p JOIN document_objet o ON o.id = p.objet_id
            WHERE p.document_id = NEW.id AND o.pose_le IS NULL))
    THEN
        RAISE EXCEPTION 'document % : ses octets ne sont pas tous dans le magasin', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- At commit: a document erased, or infected, holds nothing any more.
CREATE FUNCTION documents_vider() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM document_partie WHERE document_id = NEW.id) THEN
        RAISE EXCEPTION 'document % : % et il tient encore des objets', NEW.id, NEW.etat
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

-- Nothing is hung on an object that is being erased: no part of a document, no piece of an upload.
CREATE FUNCTION documents_exiger_objet() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM FROM document_objet WHERE id = NEW.objet_id AND efface_le IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'objet % : en cours d’effacement', NEW.objet_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A document that is erased, or infected, is given no part any more.
CREATE FUNCTION documents_garder_partie() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM FROM document WHERE id = NEW.document_id AND etat NOT IN ('EFFACE', 'INFECTE');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'document % : il ne tient plus rien', NEW.document_id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- An object that somebody holds is not erased; one being erased does not come back; its row goes last.
CREATE FUNCTION documents_garder_objet() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF tg_op = 'DELETE' THEN
        IF OLD.efface_le IS NULL THEN
            RAISE EXCEPTION 'objet % : son effacement n’a pas été demandé', OLD.id
                USING errcode = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.efface_le IS NOT NULL AND NEW.efface_le IS NULL THEN
        RAISE EXCEPTION 'objet % : un effacement ne se reprend pas', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF OLD.efface_le IS NULL AND NEW.efface_le IS NOT NULL THEN
        IF EXISTS (SELECT FROM document_partie WHERE objet_id = NEW.id) THEN
            RAISE EXCEPTION 'objet % : un document le tient', OLD.id USING errcode = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (SELECT FROM televersement_morceau WHERE objet_id = NEW.id) THEN
            RAISE EXCEPTION 'objet % : un téléversement le tient', OLD.id
                USING errcode = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER garde BEFORE UPDATE ON document FOR EACH ROW EXECUTE FUNCTION documents_garder();
CREATE TRIGGER garde BEFORE INSERT ON document_partie FOR EACH ROW EXECUTE FUNCTION documents_garder_partie();
CREATE TRIGGER objet BEFORE INSERT ON document_partie FOR EACH ROW EXECUTE FUNCTION documents_exiger_objet();
CREATE TRIGGER objet BEFORE INSERT ON televersement_morceau FOR EACH ROW EXECUTE FUNCTION documents_exiger_objet();
CREATE TRIGGER garde BEFORE UPDATE OR DELETE ON document_objet
    FOR EACH ROW EXECUTE FUNCTION documents_garder_objet();
CREATE CONSTRAINT TRIGGER vide AFTER UPDATE ON document DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.etat IN ('EFFACE', 'INFECTE') AND OLD.etat <> NEW.etat) EXECUTE FUNCTION documents_vider();

-- What was announced does not change, what was received is not taken back, what is over may only be forgotten sooner.
CREATE FUNCTION televersements_garder() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.recu < OLD.recu OR OLD.conclu_le IS NOT NULL AND (NEW.expire_le > OLD.expire_le
        OR to_jsonb(NEW) - 'expire_le' IS DISTINCT FROM to_jsonb(OLD) - 'expire_le')
    THEN
        RAISE EXCEPTION 'téléversement % : il ne revient pas en arrière', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- At commit: every byte that counts is in the store, and they follow one another from the first on.
CREATE FUNCTION televersements_suivre() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
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

CREATE TRIGGER garde BEFORE UPDATE ON televersement FOR EACH ROW EXECUTE FUNCTION televersements_garder();
CREATE CONSTRAINT TRIGGER suite AFTER UPDATE OF recu ON televersement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION televersements_suivre();
