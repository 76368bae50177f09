-- A document of a demande: a copy that was received, or a paper that a counter saw.
lignes AS (
    SELECT p.demande_id AS demande, p.territoire, p.territoire || CASE WHEN p.canal = 'PGP' THEN 'GDPUB'
            ELSE coalesce(nullif(p.guichet, ''), k.guichet_gestionnaire) END AS guichet,
        (p.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, k.scellement, 1 AS signe, p.type_piece,
        p.document IS NOT NULL AS recue, p.canal
    FROM versions k
    JOIN piece p ON p.territoire = k.territoire AND p.demande_id = k.demande_id AND p.revision = k.numero
    WHERE k.scellement > %(depuis)s
)
