-- What the database guarantees of the lake, beyond what its models declare; how a content is read for statistics.

-- What was poured is not poured again: the cursor only goes forward.
CREATE FUNCTION lac_avancer() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.scellement < OLD.scellement THEN
        RAISE EXCEPTION 'lac : le curseur ne recule pas (% puis %)', OLD.scellement, NEW.scellement
            USING errcode = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER avance BEFORE UPDATE ON lac_curseur FOR EACH ROW EXECUTE FUNCTION lac_avancer();

-- Persons to be housed, as ``contenu.rules.arbre.derive.nb_personnes``; 0 for an association.
CREATE FUNCTION lac_personnes(contenu jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT (contenu ? 'demandeur')::integer + jsonb_array_length(coalesce(contenu -> 'cotitulaires', '[]'))
        + jsonb_array_length(coalesce(contenu #> '{foyer,personnes_a_charge}', '[]'))
        + jsonb_array_length(coalesce(contenu #> '{foyer,enfants_en_garde}', '[]'))
        + coalesce((contenu #>> '{foyer,enfants_a_naitre,nombre}')::integer, 0)
$$;

-- Whether the tax income of each adult is known: that of N-2, else that of N-1. A part of a household is not known.
CREATE FUNCTION lac_rfr_connu(contenu jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(bool_and(coalesce(adulte #>> '{revenus_fiscaux,n_moins_2,montant}',
        adulte #>> '{revenus_fiscaux,n_moins_1,montant}') IS NOT NULL), false)
    FROM (
        SELECT jsonb_path_query(contenu, '$.demandeur') AS adulte
        UNION ALL SELECT jsonb_path_query(contenu, '$.cotitulaires[*]')
    ) AS x
$$;

-- Monthly resources, as ``derive.ressources_mensuelles``: unknown without any amount, nothing when they come to zero.
CREATE FUNCTION lac_ressources(contenu jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN count(*) FILTER (WHERE sens = 1) = 0 THEN 'INCONNU'
        WHEN sum(sens * (montant #>> '{}')::numeric) = 0 THEN 'ZERO' ELSE 'MONTANT' END
    FROM (
        SELECT 1 AS sens, jsonb_path_query(contenu, '$.demandeur.ressources.recues[*].montant_mensuel') AS montant
        UNION ALL SELECT 1, jsonb_path_query(contenu, '$.cotitulaires[*].ressources.recues[*].montant_mensuel')
        UNION ALL SELECT 1,
            jsonb_path_query(contenu, '$.foyer.ressources_personnes_a_charge.recues[*].montant_mensuel')
        UNION ALL SELECT -1, jsonb_path_query(contenu, '$.demandeur.ressources.versees[*].montant_mensuel')
        UNION ALL SELECT -1, jsonb_path_query(contenu, '$.cotitulaires[*].ressources.versees[*].montant_mensuel')
        UNION ALL SELECT -1,
            jsonb_path_query(contenu, '$.foyer.ressources_personnes_a_charge.versees[*].montant_mensuel')
    ) AS x
$$;

-- Children to be housed, and all whom an adult houses: dependants, children in custody, births expected.
CREATE FUNCTION lac_composition(contenu jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN autres > 0 OR adultes > 2 OR adultes = 2 AND lien NOT IN ('M', 'P', 'C') THEN 'AUTRE'
        WHEN adultes = 1 AND enfants = 0 THEN 'SEULE' WHEN adultes = 1 THEN 'MONOPARENTALE'
        WHEN enfants = 0 THEN 'COUPLE' ELSE 'COUPLE_ENFANTS' END
    FROM (
        SELECT 1 + jsonb_array_length(coalesce(contenu -> 'cotitulaires', '[]')) AS adultes,
            coalesce(contenu #>> '{cotitulaires,0,lien_demandeur}', '') AS lien,
            jsonb_array_length(jsonb_path_query_array(contenu, '$.foyer.personnes_a_charge[*] ? (@.lien_parente == "E")'))
                + jsonb_array_length(coalesce(contenu #> '{foyer,enfants_en_garde}', '[]'))
                + coalesce((contenu #>> '{foyer,enfants_a_naitre,nombre}')::integer, 0) AS enfants,
            jsonb_array_length(coalesce(contenu #> '{foyer,personnes_a_charge}', '[]'))
                - jsonb_array_length(jsonb_path_query_array(contenu, '$.foyer.personnes_a_charge[*] ? (@.lien_parente == "E")'))
                AS autres
    ) AS x
$$;

-- Whether the household lives in social housing: it asks to move.
CREATE FUNCTION lac_mutation(contenu jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN contenu #> '{logement_actuel,statuts_occupation}' ? 'HLM' THEN 'OUI' ELSE 'NON' END
$$;

-- The class of age of who was born on that day; never the age.
CREATE FUNCTION lac_age(naissance date, jour date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN ans IS NULL THEN 'INCONNU' WHEN ans < 25 THEN '-25' WHEN ans < 35 THEN '25-34'
        WHEN ans < 50 THEN '35-49' WHEN ans < 65 THEN '50-64' WHEN ans < 75 THEN '65-74' ELSE '75+' END
    FROM (SELECT extract(year FROM age(jour, naissance)) AS ans) AS x
$$;

-- Whether one of these publics had a letter of CCH L441-1 on that day; which one is not told.
CREATE FUNCTION lac_prioritaire(publics varchar[], jour date) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (SELECT FROM public_prioritaire p WHERE p.code = ANY (publics) AND p.lettre <> ''
        AND jour BETWEEN coalesce(p.debut, '-infinity') AND coalesce(p.fin, 'infinity'))
$$;
