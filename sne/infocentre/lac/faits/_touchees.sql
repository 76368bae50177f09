-- The demandes that acts sealed in (depuis, jusqua] touched, by verb, and those that a vintage of RPLS loaded then tells of.
SELECT verbe, array_agg(demande::text) FROM (
    SELECT DISTINCT e.verbe, e.demande
    FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
    WHERE p.scellement > %(depuis)s AND p.scellement <= %(jusqua)s AND e.demande IS NOT NULL
        AND e.verbe = ANY (%(verbes)s)
    UNION ALL SELECT 'CHARGER_RPLS', demande_id FROM rpls_demandes_touchees(%(depuis)s, %(jusqua)s)
) AS x GROUP BY 1
