-- The last decision of a landlord on an open demande, when it accepts and nothing came of it: no allocation by that
-- landlord, no refusal by the household. Late from the day after its condition, and once the delay of the day of the commission is
-- over.
courantes AS MATERIALIZED (
    SELECT DISTINCT ON (i.demande, i.sceau) i.demande, i.sceau, k.territoire, k.statut, k.guichet_gestionnaire
    FROM instants i JOIN versions k ON k.demande_id = i.demande AND k.scellement <= i.sceau
    ORDER BY i.demande, i.sceau, k.numero DESC
), notes AS MATERIALIZED (
    -- Read before their seals are looked for: in one, all seals might be gone through for each demande.
    SELECT x.* FROM touchees t JOIN demande d ON d.id = t.demande CROSS JOIN LATERAL (
        SELECT id, demande_id, remplace_id, retrait, jour, inscrit_le, guichet, bailleur, code, pieces_avant
        FROM decision_caleol WHERE territoire = d.territoire AND demande_id = d.id
        UNION ALL SELECT id, demande_id, remplace_id, retrait, jour, inscrit_le, guichet, bailleur, 'LOGEE', NULL
        FROM attribution WHERE territoire = d.territoire AND demande_id = d.id
        UNION ALL SELECT id, demande_id, remplace_id, retrait, jour, inscrit_le, guichet, '', type, NULL
        FROM evenement WHERE territoire = d.territoire AND demande_id = d.id
    ) x
), dits AS MATERIALIZED (
    SELECT x.*, coalesce(((SELECT dits FROM sceaux) ->> x.id::text)::bigint,
        CASE WHEN x.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END) AS de
    FROM notes x
), tenus AS MATERIALIZED (
    SELECT c.demande, c.sceau, c.territoire, c.guichet_gestionnaire, f.id, f.jour, f.guichet, f.bailleur, f.code,
        f.pieces_avant,
        max(f.jour) FILTER (WHERE f.code = 'LOGEE') OVER (PARTITION BY c.demande, c.sceau, f.bailleur) AS logee_le,
        max(f.jour) FILTER (WHERE f.code = 'REFUS_DEMANDEUR') OVER (PARTITION BY c.demande, c.sceau) AS refusee_le
    FROM courantes c JOIN dits f ON f.demande_id = c.demande AND f.de <= c.sceau AND NOT f.retrait
    LEFT JOIN dits n ON n.remplace_id = f.id AND n.de <= c.sceau
    WHERE c.statut IN ('ACTIVE', 'EXPIREE') AND n.id IS NULL
), dernieres AS MATERIALIZED (
    SELECT DISTINCT ON (demande, sceau, bailleur) * FROM tenus
    WHERE code IN ('ATTR', 'ATTR_RANG', 'ATTR_SUSP', 'NON_ATTR', 'IRRECEVABLE')
    ORDER BY demande, sceau, bailleur, jour DESC, id DESC
), etats AS MATERIALIZED (
    SELECT f.demande, f.sceau, f.territoire,
        f.territoire || coalesce(nullif(f.guichet, ''), f.guichet_gestionnaire) AS guichet, q.jour, q.quoi, f.bailleur
    FROM dernieres f CROSS JOIN LATERAL (VALUES ('CONDITION', f.pieces_avant + 1), 
        ('DECISION', f.jour + parametre_entier('decision_sans_suite_jours', f.jour) + 1)) q(quoi, jour)
    WHERE f.code IN ('ATTR', 'ATTR_SUSP') AND q.jour IS NOT NULL
        AND coalesce(greatest(f.logee_le, f.refusee_le) < f.jour, true)
)
