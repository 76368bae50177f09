-- A renewal.
lignes AS (
    SELECT a.demande, k.territoire, k.territoire || CASE WHEN a.canal = 'PGP' THEN 'GDPUB'
            ELSE coalesce(nullif(a.guichet, ''), k.guichet_gestionnaire) END AS guichet,
        (a.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, a.scellement, 1 AS signe, a.canal
    FROM actes a JOIN versions k ON k.demande_id = a.demande AND k.numero = a.revision
    WHERE a.verbe = 'RENOUVELER' AND a.scellement > %(depuis)s
)
