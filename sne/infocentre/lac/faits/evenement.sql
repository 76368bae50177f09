-- An event of a demande, until it is corrected or taken back.
connus AS MATERIALIZED (
    SELECT f.*, coalesce(s.scellement, 0) AS de, ((SELECT dits FROM sceaux) ->> g.id::text)::bigint AS a,
        k.guichet_gestionnaire
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN evenement f ON f.territoire = d.territoire AND f.demande_id = d.id
    JOIN version k ON k.demande_id = f.demande_id AND k.numero = f.revision
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> f.id::text)::bigint AS scellement) s
    LEFT JOIN evenement g ON g.remplace_id = f.id
    WHERE NOT f.retrait AND (s.scellement IS NOT NULL OR f.inscrit_le < (SELECT jusqua FROM retires))
), lignes AS (
    SELECT f.demande_id AS demande, f.territoire,
        f.territoire || coalesce(nullif(f.guichet, ''), f.guichet_gestionnaire) AS guichet, f.jour, m.scellement,
        m.signe, f.type
    FROM connus f CROSS JOIN LATERAL (VALUES (f.de, 1), (f.a, -1)) AS m(scellement, signe)
    WHERE m.scellement > %(depuis)s
)
