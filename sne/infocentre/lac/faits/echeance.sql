-- The end of a validity, and what came of it: renewed before, within the month of tolerance, after a striking-off; struck
-- off before, for want of renewal, for another reason; nothing yet. And whether its notice reached nobody, so long as no
-- other notice of the same end was given.
muettes AS MATERIALIZED (
    SELECT e.demande_id, p.date_expiration, coalesce(s.scellement, 0) AS de,
        coalesce(((SELECT dits FROM sceaux) ->> n.id::text)::bigint,
            CASE WHEN n.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END) AS a
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN preavis_echec e ON e.territoire = d.territoire AND e.demande_id = d.id
    JOIN preavis p ON p.id = e.preavis_id
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> e.id::text)::bigint AS scellement) s
    LEFT JOIN preavis n ON n.demande_id = p.demande_id AND n.date_expiration = p.date_expiration AND n.possible
        AND NOT p.possible
    WHERE s.scellement IS NOT NULL OR e.inscrit_le < (SELECT jusqua FROM retires)
), changees AS MATERIALIZED (
    SELECT demande_id FROM versions WHERE scellement > %(depuis)s UNION SELECT demande_id FROM muettes
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
            ELSE 'TOLERANCE' END AS issue,
        EXISTS (SELECT FROM muettes m WHERE m.demande_id = d.demande AND m.date_expiration = d.date_expiration
            AND m.de <= d.sceau AND (m.a IS NULL OR m.a > d.sceau)) AS sans_lecteur
    FROM dernieres d
)
