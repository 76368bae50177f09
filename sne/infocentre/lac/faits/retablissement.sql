-- A registration taken back by mistake, put back.
lignes AS (
    SELECT r.demande_id AS demande, r.territoire,
        r.territoire || coalesce(nullif(r.retabli_par ->> 'guichet', ''), k.guichet_gestionnaire) AS guichet,
        (r.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, k.scellement, 1 AS signe
    FROM versions k JOIN retablissement r ON r.demande_id = k.demande_id AND r.revision = k.numero
    WHERE k.scellement > %(depuis)s
)
