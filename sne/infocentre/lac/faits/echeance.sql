-- The end of a validity, and what came of it: renewed before, within the month of tolerance, after a striking-off; struck
-- off before, for want of renewal, for another reason; nothing yet.
dates AS MATERIALIZED (
    SELECT i.demande, i.sceau, k.numero, k.statut, k.territoire, k.guichet_gestionnaire, v.date_expiration,
        r.motif, coalesce(r.date_radiation, (k.survenu_le AT TIME ZONE 'Europe/Paris')::date) AS jour
    FROM instants i JOIN versions k ON k.demande_id = i.demande AND k.scellement <= i.sceau AND k.statut <> 'ANNULEE'
    JOIN version v ON v.demande_id = k.demande_id AND v.numero = k.numero
    LEFT JOIN radiation r ON r.demande_id = k.demande_id AND r.revision = k.numero
    WHERE (SELECT x.statut FROM versions x WHERE x.demande_id = i.demande AND x.scellement <= i.sceau
        ORDER BY x.numero DESC LIMIT 1) <> 'ANNULEE'
), dernieres AS MATERIALIZED (
    SELECT DISTINCT ON (demande, sceau, date_expiration) * FROM dates WHERE statut IN ('ACTIVE', 'EXPIREE')
    ORDER BY demande, sceau, date_expiration, numero DESC
), etats AS MATERIALIZED (
    SELECT d.demande, d.sceau, d.territoire, d.territoire || d.guichet_gestionnaire AS guichet,
        d.date_expiration AS jour, CASE
            WHEN s.numero IS NULL THEN 'EN_ATTENTE'
            WHEN s.statut = 'RADIEE' AND s.jour <= d.date_expiration THEN 'RADIEE_AVANT'
            WHEN s.statut = 'RADIEE' AND EXISTS (SELECT FROM dates x WHERE x.demande = d.demande AND x.sceau = d.sceau
                AND x.numero > s.numero AND x.statut = 'ACTIVE') THEN 'APRES_RADIATION'
            WHEN s.statut = 'RADIEE' AND s.motif = 'RADREN' THEN 'JAMAIS'
            WHEN s.statut = 'RADIEE' THEN 'AUTREMENT'
            WHEN s.jour <= d.date_expiration THEN 'AVANT'
            ELSE 'TOLERANCE' END AS issue
    FROM dernieres d LEFT JOIN LATERAL (SELECT * FROM dates x
        WHERE x.demande = d.demande AND x.sceau = d.sceau AND x.numero > d.numero
        ORDER BY x.numero LIMIT 1) s ON true
)
