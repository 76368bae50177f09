-- A demande struck off; a return is a fact of its own.
lignes AS (
    SELECT r.demande_id AS demande, r.territoire,
        r.territoire || coalesce(nullif(r.guichet, ''), k.guichet_gestionnaire) AS guichet, r.date_radiation AS jour,
        k.scellement, 1 AS signe, r.motif, r.sous_motif,
        (12 * extract(year FROM age(r.date_radiation, k.date_depot))
            + extract(month FROM age(r.date_radiation, k.date_depot)))::integer AS anciennete_mois
    FROM versions k JOIN radiation r ON r.demande_id = k.demande_id AND r.revision = k.numero
    WHERE k.scellement > %(depuis)s
)
