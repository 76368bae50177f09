-- An open demande whose allocation in force has a signed lease, as long as it is not struck off: late from the eleventh
-- day after the lease.
courantes AS MATERIALIZED (
    SELECT DISTINCT ON (i.demande, i.sceau) i.demande, i.sceau, k.statut, k.guichet_gestionnaire
    FROM instants i JOIN versions k ON k.demande_id = i.demande AND k.scellement <= i.sceau
    ORDER BY i.demande, i.sceau, k.numero DESC
), etats AS MATERIALIZED (
    SELECT DISTINCT ON (c.demande, c.sceau) c.demande, c.sceau, f.territoire,
        f.territoire || coalesce(nullif(f.guichet, ''), c.guichet_gestionnaire) AS guichet,
        f.bail_signe_le + 11 AS jour, f.bailleur
    FROM courantes c JOIN demande d ON d.id = c.demande
    JOIN attribution f ON f.territoire = d.territoire AND f.demande_id = d.id
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> f.id::text)::bigint AS scellement) s
    LEFT JOIN attribution g ON g.remplace_id = f.id
    WHERE c.statut IN ('ACTIVE', 'EXPIREE') AND NOT f.retrait AND f.bail_signe_le IS NOT NULL
        AND coalesce(s.scellement, CASE WHEN f.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END) <= c.sceau
        AND coalesce(((SELECT dits FROM sceaux) ->> g.id::text)::bigint,
            CASE WHEN g.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END, c.sceau + 1) > c.sceau
    ORDER BY c.demande, c.sceau, f.bail_signe_le DESC, f.id DESC
)
