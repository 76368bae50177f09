-- What the database guarantees of RPLS, and the only ways that it is read: for one landlord, without any household.

ALTER TABLE rpls_attribution ADD CONSTRAINT rpls_attribution_de_son_chargement
    FOREIGN KEY (millesime, rang) REFERENCES rpls_chargement (millesime, rang);
-- rpls_bail has no such key: a load would check the same one five million times.

-- The load of a vintage that counts, as known at a seal (NULL: today); NULL when it was not loaded.
CREATE FUNCTION rpls_rang(p_millesime integer, p_scellement bigint DEFAULT NULL) RETURNS smallint
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT max(c.rang) FROM rpls_chargement c
    WHERE c.millesime = p_millesime AND (p_scellement IS NULL OR EXISTS (
        SELECT FROM journal_position p WHERE p.entree = c.entree AND p.scellement <= p_scellement))
$$;

-- Whether RPLS knows this lease, give or take a month; NULL while no vintage covers its year.
CREATE FUNCTION rpls_apparie(p_rpls text, p_bail date, p_scellement bigint DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    le_millesime integer := extract(year FROM p_bail) + 1;
    le_rang smallint := rpls_rang(le_millesime, p_scellement);
BEGIN
    IF le_rang IS NULL THEN
        RETURN NULL;
    END IF;
    RETURN EXISTS (
        SELECT FROM rpls_bail b
        WHERE b.millesime = le_millesime AND b.rang = le_rang AND b.ident_rep = p_rpls
            AND b.mois_bail BETWEEN date_trunc('month', p_bail) - interval '1 month'
                AND date_trunc('month', p_bail) + interval '1 month');
END $$;

-- Demandes whose lease is of a year that a load sealed after one seal, up to another, describes; and the seal of the load.
CREATE FUNCTION rpls_demandes_touchees(p_apres bigint, p_jusque bigint)
RETURNS TABLE (demande_id uuid, scellement bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT DISTINCT a.demande_id, p.scellement
    FROM rpls_chargement c
    JOIN journal_position p ON p.entree = c.entree AND p.scellement > p_apres AND p.scellement <= p_jusque
    JOIN attribution a ON a.bail_signe_le >= make_date(c.millesime - 1, 1, 1)
        AND a.bail_signe_le < make_date(c.millesime, 1, 1)
$$;

-- First list of a landlord: leases of the year that RPLS knows and that no allocation in force bears.
CREATE FUNCTION rpls_baux_sans_attribution(p_siren text, p_territoire text, p_annee integer)
RETURNS TABLE (ident_rep text, mois_bail date)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT b.ident_rep, b.mois_bail FROM rpls_bail b
    WHERE b.millesime = p_annee + 1 AND b.rang = rpls_rang(p_annee + 1) AND b.siren = p_siren
        AND b.territoire = p_territoire
        AND b.mois_bail BETWEEN make_date(p_annee, 1, 1) AND make_date(p_annee, 12, 1)
        AND NOT EXISTS (
            SELECT FROM attribution a
            WHERE a.rpls = b.ident_rep AND NOT a.retrait
                AND date_trunc('month', a.bail_signe_le) BETWEEN b.mois_bail - interval '1 month'
                    AND b.mois_bail + interval '1 month'
                AND NOT EXISTS (SELECT FROM attribution s WHERE s.remplace_id = a.id))
    ORDER BY b.mois_bail, b.ident_rep
$$;

-- Second list: allocations in force of the year whose identifier RPLS does not know, or that two leases of one month
-- bear. Those without an identifier are in neither.
CREATE FUNCTION rpls_attributions_a_verifier(p_siren text, p_territoire text, p_annee integer)
RETURNS TABLE (demande_id uuid, rpls text, bail_signe_le date, motif text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH en_vigueur AS (
        SELECT a.demande_id, a.rpls, a.bail_signe_le,
            count(*) OVER (PARTITION BY a.rpls, date_trunc('month', a.bail_signe_le)) AS portes
        FROM attribution a
        WHERE a.bailleur = p_siren AND a.territoire = p_territoire AND a.rpls <> '' AND NOT a.retrait
            AND a.bail_signe_le BETWEEN make_date(p_annee, 1, 1) AND make_date(p_annee, 12, 31)
            AND NOT EXISTS (SELECT FROM attribution s WHERE s.remplace_id = a.id)
    )
    SELECT * FROM (
        SELECT e.demande_id, e.rpls, e.bail_signe_le,
            CASE WHEN e.portes > 1 THEN 'DOUBLE'
                WHEN rpls_rang(p_annee + 1) IS NOT NULL AND NOT EXISTS (
                    SELECT FROM rpls_bail b
                    WHERE b.millesime = p_annee + 1 AND b.rang = rpls_rang(p_annee + 1) AND b.ident_rep = e.rpls)
                THEN 'INCONNU' END AS motif
        FROM en_vigueur e) x
    WHERE x.motif IS NOT NULL
    ORDER BY x.bail_signe_le, x.demande_id
$$;

REVOKE EXECUTE ON FUNCTION rpls_apparie, rpls_baux_sans_attribution, rpls_attributions_a_verifier FROM PUBLIC;
