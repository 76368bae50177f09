-- The demandes that acts sealed in (depuis, jusqua] touched, or that a vintage of RPLS loaded then tells of, as one text.
SELECT coalesce(array_agg(demande), '{}')::text FROM (
    SELECT e.demande
    FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
    WHERE p.scellement > %(depuis)s AND p.scellement <= %(jusqua)s AND e.demande IS NOT NULL
        AND e.verbe = ANY (%(verbes)s)
    UNION SELECT demande_id FROM rpls_demandes_touchees(%(depuis)s, %(jusqua)s)
) AS x
