-- What the database guarantees of open data, beyond what its models declare.

-- An answer is given once, by the data protection officer; nothing is published that the auditor did not pass.
CREATE FUNCTION ouvert_garder_la_publication() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.clos_le IS NOT NULL THEN
        RAISE EXCEPTION 'edition_ouverte % : une réponse a déjà été donnée', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.decide_par ->> 'role' IS DISTINCT FROM 'DPO' THEN
        RAISE EXCEPTION 'edition_ouverte % : le délégué à la protection des données répond', OLD.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    IF NEW.issue = 'PUBLIEE' AND NOT EXISTS (
        SELECT FROM fichier_ouvert WHERE edition_id = NEW.id AND constats = 0
    ) THEN
        RAISE EXCEPTION 'edition_ouverte % : l’audit ne l’a pas passée', NEW.id
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publication BEFORE UPDATE ON edition_ouverte
    FOR EACH ROW EXECUTE FUNCTION ouvert_garder_la_publication();

-- Demandes of natural persons that were open at this instant, by the first commune wished for (empty: none; that of
-- today, the town of an arrondissement) and by how many there are to house, six and more together.
CREATE FUNCTION ouvert_demandes_actives(p_jusqua timestamptz)
RETURNS TABLE (commune text, personnes integer, nombre bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH en_vigueur AS (
        SELECT DISTINCT ON (v.demande_id) v.statut, v.contenu
        FROM version v WHERE v.survenu_le < p_jusqua ORDER BY v.demande_id, v.numero DESC
    ), ouvertes AS (
        SELECT contenu #>> '{souhaits,localisations,0,commune}' AS souhaitee, least(lac_personnes(contenu), 6) AS personnes
        FROM en_vigueur
        WHERE statut IN ('ACTIVE', 'EXPIREE') AND contenu ->> 'titulaire' = 'PERSONNE'
    )
    SELECT coalesce(c.parent_id, c.code, ''), o.personnes, count(*)
    FROM ouvertes o
    LEFT JOIN commune_rattachee r ON r.code = o.souhaitee
    LEFT JOIN commune c ON c.code = coalesce(r.commune_id, o.souhaitee)
    GROUP BY 1, 2
$$;
