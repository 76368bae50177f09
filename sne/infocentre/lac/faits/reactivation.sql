-- A demande struck off comes back.
lignes AS (
    SELECT r.demande_id AS demande, r.territoire,
        r.territoire || coalesce(nullif(r.guichet, ''), k.guichet_gestionnaire) AS guichet,
        (r.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, k.scellement, 1 AS signe, x.motif
    FROM versions k JOIN reactivation r ON r.demande_id = k.demande_id AND r.revision = k.numero
    JOIN radiation x ON x.id = r.radiation_id
    WHERE k.scellement > %(depuis)s
)
