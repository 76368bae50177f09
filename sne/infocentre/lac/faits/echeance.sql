-- The end of a validity, and what came of it: renewed before, within the month of tolerance, after a striking-off; struck
-- off before, for want of renewal, for another reason; nothing yet.
changees AS MATERIALIZED (
    SELECT DISTINCT demande_id FROM versions WHERE scellement > %(depuis)s
), dates AS MATERIALIZED (
    SELECT *, lead(numero) OVER w AS suite, lead(statut) OVER w AS suite_statut, lead(motif) OVER w AS suite_motif,
        lead(jour) OVER w AS suite_jour,
        max(numero) FILTER (WHERE statut = 'ACTIVE') OVER (PARTITION BY demande, sceau) AS derniere_active
    FROM (
        SELECT i.demande, i.sceau, k.numero, k.statut, k.territoire, k.guichet_gestionnaire, v.date_expiration,
            r.motif, coalesce(r.date_radiation, (k.survenu_le AT TIME ZONE 'Europe/Paris')::date) AS jour,
            first_value(k.statut) OVER (PARTITION BY i.demande, i.sceau ORDER BY k.numero DESC) AS dernier
        FROM changees c JOIN instants i ON i.demande = c.demande_id JOIN versions k ON k.demande_id = i.demande AND k.scellement <= i.sceau
        JOIN version v ON v.demande_id = k.demande_id AND v.numero = k.numero
        LEFT JOIN radiation r ON r.demande_id = k.demande_id AND r.revision = k.numero
    ) x WHERE statut <> 'ANNULEE' AND dernier <> 'ANNULEE'
    WINDOW w AS (PARTITION BY demande, sceau ORDER BY numero)
), dernieres AS MATERIALIZED (
    SELECT DISTINCT ON (demande, sceau, date_expiration) * FROM dates WHERE statut IN ('ACTIVE', 'EXPIREE')
    ORDER BY demande, sceau, date_expiration, numero DESC
), etats AS MATERIALIZED (
    SELECT d.demande, d.sceau, d.territoire, d.territoire || d.guichet_gestionnaire AS guichet,
        d.date_expiration AS jour, CASE
            WHEN d.suite IS NULL THEN 'EN_ATTENTE'
            WHEN d.suite_statut = 'RADIEE' AND d.suite_jour <= d.date_expiration THEN 'RADIEE_AVANT'
            WHEN d.suite_statut = 'RADIEE' AND d.derniere_active > d.suite THEN 'APRES_RADIATION'
            WHEN d.suite_statut = 'RADIEE' AND d.suite_motif = 'RADREN' THEN 'JAMAIS'
            WHEN d.suite_statut = 'RADIEE' THEN 'AUTREMENT'
            WHEN d.suite_jour <= d.date_expiration THEN 'AVANT'
            ELSE 'TOLERANCE' END AS issue
    FROM dernieres d
)
