-- What the database guarantees of suivi, beyond what its models declare.

ALTER TABLE alerte_guichet ADD CONSTRAINT alerte_guichet_et_territoire UNIQUE (id, territoire);
ALTER TABLE suite_alerte ADD CONSTRAINT suite_alerte_de_son_territoire
    FOREIGN KEY (alerte_id, territoire) REFERENCES alerte_guichet (id, territoire);

-- Four eyes, whatever accounts a person holds: of the acts that were looked at, they made none.
CREATE FUNCTION suivi_garder_quatre_yeux() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM operation o
    WHERE o.territoire = NEW.territoire AND (o.survenu_le AT TIME ZONE 'Europe/Paris')::date >= NEW.depuis
        AND CASE WHEN NEW.demande_id IS NULL THEN NEW.guichet <> '' AND o.guichet = NEW.guichet
                AND o.champs && ARRAY['nom_naissance', 'prenoms', 'date_naissance', 'nir', 'sexe']::varchar[]
            ELSE o.demande_id = NEW.demande_id END
        AND compte_personne(o.auteur) = compte_personne(NEW.auteur);
    IF FOUND THEN
        RAISE EXCEPTION 'classement % : son auteur a saisi l’un des actes regardés', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quatre_yeux BEFORE INSERT ON classement
    FOR EACH ROW EXECUTE FUNCTION suivi_garder_quatre_yeux();

-- Nothing follows the end, and what follows is of the territory of its alert.
CREATE FUNCTION suivi_garder_la_fin() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM 1 FROM suite_alerte WHERE alerte_id = NEW.alerte_id AND nature = 'CLOTURE';
    IF FOUND THEN
        RAISE EXCEPTION 'alerte % : elle est close', NEW.alerte_id USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER close BEFORE INSERT ON suite_alerte FOR EACH ROW EXECUTE FUNCTION suivi_garder_la_fin();
