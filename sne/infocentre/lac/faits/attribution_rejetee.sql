-- A refused attempt to record an allocation, or to strike off because of it, until one is accepted on that demande.
refusees AS MATERIALIZED (
    SELECT x.*, s.scellement AS de, k.guichet_gestionnaire
    FROM (SELECT (faits ->> 'fait')::uuid AS fait, min(scellement) AS scellement FROM actes
        WHERE verbe = 'REFUSER_ACTE' GROUP BY 1) s
    JOIN tentative_refusee x ON x.id = s.fait
    JOIN version k ON k.demande_id = x.demande_id AND k.numero = x.revision
    WHERE x.acte IN ('CONSIGNER_ATTRIBUTION', 'RADIER_ATTRIBUTION')
), acceptees AS MATERIALIZED (
    SELECT r.id, min(greatest(x.scellement, r.de)) AS a
    FROM refusees r CROSS JOIN LATERAL (
        SELECT a.scellement, a.survenu_le FROM actes a WHERE a.demande = r.demande_id AND a.verbe = 'CONSIGNER_ATTRIBUTION'
            AND NOT coalesce((a.faits ->> 'retrait')::boolean, false) AND r.acte = 'CONSIGNER_ATTRIBUTION'
        UNION ALL
        SELECT k.scellement, k.survenu_le FROM versions k
        JOIN radiation f ON f.demande_id = k.demande_id AND f.revision = k.numero AND f.motif = 'RADATT'
        WHERE k.demande_id = r.demande_id AND r.acte = 'RADIER_ATTRIBUTION'
    ) x WHERE x.survenu_le > r.survenu_le
    GROUP BY 1
), lignes AS (
    SELECT r.demande_id AS demande, r.territoire,
        r.territoire || coalesce(nullif(r.guichet, ''), r.guichet_gestionnaire) AS guichet,
        (r.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, m.scellement, m.signe, r.acte, r.code
    FROM refusees r LEFT JOIN acceptees x ON x.id = r.id
    CROSS JOIN LATERAL (VALUES (r.de, 1), (x.a, -1)) AS m(scellement, signe)
    WHERE m.scellement > %(depuis)s
)
