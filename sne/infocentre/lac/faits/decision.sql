-- A decision of a commission, until it is corrected or taken back.
venus AS MATERIALIZED (
    -- Of facts that came with their territory: the cell that sealed them, and its seal.
    SELECT jsonb_object_agg(fait, jsonb_build_array(cellule, sceau)) AS dits FROM (
        SELECT DISTINCT ON (faits ->> 'fait') faits ->> 'fait' AS fait, cellule, sceau FROM actes
        WHERE cellule IS NOT NULL AND faits ->> 'fait' IS NOT NULL ORDER BY faits ->> 'fait', survenu_le
    ) x
), connus AS MATERIALIZED (
    SELECT f.*, coalesce(s.scellement, 0) AS de, ((SELECT dits FROM sceaux) ->> g.id::text)::bigint AS a,
        k.guichet_gestionnaire
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN decision_caleol f ON f.territoire = d.territoire AND f.demande_id = d.id
    JOIN version k ON k.demande_id = f.demande_id AND k.numero = f.revision
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> f.id::text)::bigint AS scellement) s
    LEFT JOIN decision_caleol g ON g.remplace_id = f.id
    WHERE NOT f.retrait AND (s.scellement IS NOT NULL OR f.inscrit_le < (SELECT jusqua FROM retires))
), lignes AS (
    SELECT f.demande_id AS demande, f.territoire,
        f.territoire || coalesce(nullif(f.guichet, ''), f.guichet_gestionnaire) AS guichet, f.jour, m.scellement,
        m.signe, f.code, f.bailleur,
        lac_prioritaire(f.publics, f.jour) OR d.dalo AS prioritaire, d.dalo
    FROM connus f
    CROSS JOIN LATERAL (SELECT dits -> f.id::text AS vu FROM venus) v
    CROSS JOIN LATERAL (SELECT 'DALO' = ANY (f.publics) OR EXISTS (SELECT FROM dalos x
        CROSS JOIN LATERAL (SELECT dits -> x.id::text AS vu, dits -> x.refait::text AS revu FROM venus) y
        WHERE x.demande_id = f.demande_id
            -- Known before the decision, and not said otherwise by then: by their seals where one cell sealed both, as
            -- its lake counted them; else as they were written.
            AND CASE WHEN y.vu ->> 0 = v.vu ->> 0 THEN (y.vu ->> 1)::bigint <= (v.vu ->> 1)::bigint
                WHEN 0 IN (x.de, f.de) THEN x.inscrit_le <= f.inscrit_le ELSE x.de <= f.de END
            AND (x.a IS NULL OR CASE WHEN y.revu ->> 0 = v.vu ->> 0 THEN (y.revu ->> 1)::bigint > (v.vu ->> 1)::bigint
                WHEN 0 IN (x.a, f.de) THEN x.refait_le > f.inscrit_le ELSE x.a > f.de END)
            AND f.jour BETWEEN x.jour AND coalesce(x.fin, 'infinity'))) AS d(dalo)
    CROSS JOIN LATERAL (VALUES (f.de, 1), (f.a, -1)) AS m(scellement, signe)
    WHERE m.scellement > %(depuis)s
)
