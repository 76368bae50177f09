-- A registration made twice, taken back.
lignes AS (
    SELECT a.demande_id AS demande, a.territoire,
        a.territoire || coalesce(nullif(a.annule_par ->> 'guichet', ''), k.guichet_gestionnaire) AS guichet,
        (a.survenu_le AT TIME ZONE 'Europe/Paris')::date AS jour, k.scellement, 1 AS signe
    FROM versions k JOIN annulation a ON a.demande_id = k.demande_id AND a.revision = k.numero
    WHERE k.scellement > %(depuis)s
)
