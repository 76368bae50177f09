-- What every fact stands on: the demandes touched by acts that may move it, given by their keys so that the planner knows
-- how many they are, and what was known of them.
WITH touchees AS MATERIALIZED (
    SELECT unnest(%(touchees)s::uuid[]) AS demande
), actes AS MATERIALIZED (
    -- Their acts, sealed by then; those of months taken away are no longer there.
    SELECT e.demande, e.revision, e.verbe, e.faits, coalesce(e.acteur ->> 'guichet', '') AS guichet,
        coalesce(e.acteur ->> 'canal', '') AS canal, e.survenu_le, p.scellement, NULL AS cellule, NULL::bigint AS sceau
    FROM touchees t JOIN journal_entree e ON e.demande = t.demande JOIN journal_position p ON p.entree = e.id
    WHERE e.verbe = ANY (%(verbes)s) AND p.scellement <= %(jusqua)s
    UNION ALL
    -- Those that came with their territory: the lake of the cell that it left counted them, and what they made known is
    -- taken off here when it changes. Nothing is looked for where none ever came.
    SELECT e.demande, e.revision, e.verbe, e.faits, coalesce(e.acteur ->> 'guichet', ''),
        coalesce(e.acteur ->> 'canal', ''), e.survenu_le, 0, r.cellule, r.scellement
    FROM touchees t JOIN journal_entree e ON e.demande = t.demande JOIN journal_reprise r ON r.entree = e.id
    WHERE e.verbe = ANY (%(verbes)s) AND EXISTS (SELECT FROM journal_reprise)
), retires AS MATERIALIZED (
    SELECT (max(mois) + interval '1 month') AT TIME ZONE 'UTC' AS jusqua FROM journal_retrait
), versions AS MATERIALIZED (
    -- Each revision, and the seal that made it known: that of an act that writes one; 0 when it has left the journal,
    -- or was sealed in another cell.
    SELECT v.demande_id, v.territoire, v.numero, v.statut, v.date_depot, v.guichet_gestionnaire, v.survenu_le,
        coalesce(r.scellement, 0) AS scellement
    FROM touchees t JOIN version v ON v.demande_id = t.demande
    LEFT JOIN (SELECT demande, revision, min(scellement) AS scellement FROM actes
        WHERE verbe <> ALL (%(sans_revision)s) GROUP BY 1, 2) r
        ON r.demande = v.demande_id AND r.revision = v.numero
    WHERE v.statut <> 'PURGEE' AND (r.scellement IS NOT NULL OR v.inscrit_le < (SELECT jusqua FROM retires))
), sceaux AS MATERIALIZED (
    -- The seal of each fact, in one value where it is looked up: a join would be taken for one of a few rows, and go
    -- through all of them for each.
    SELECT jsonb_object_agg(fait, scellement) AS dits
    FROM (SELECT faits ->> 'fait' AS fait, min(scellement) AS scellement FROM actes GROUP BY 1) x WHERE fait IS NOT NULL
), instants AS MATERIALIZED (
    SELECT demande, scellement AS sceau FROM actes WHERE scellement > %(depuis)s
    UNION SELECT demande_id, scellement FROM rpls_demandes_touchees(%(depuis)s, %(jusqua)s)
    UNION ALL SELECT demande, %(depuis)s FROM touchees
), dalos AS MATERIALIZED (
    -- When the household had the right to be housed, and from which seal to which one it was known.
    SELECT f.id, g.id AS refait, f.demande_id, f.jour, f.fin, coalesce(s.scellement, 0) AS de,
        coalesce(((SELECT dits FROM sceaux) ->> g.id::text)::bigint,
            CASE WHEN g.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END) AS a,
        f.inscrit_le, g.inscrit_le AS refait_le
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN fait_dalo f ON f.territoire = d.territoire AND f.demande_id = d.id
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> f.id::text)::bigint AS scellement) s
    LEFT JOIN fait_dalo g ON g.remplace_id = f.id
    WHERE f.nature = 'STATUT' AND f.statut = 'ACTIF' AND NOT f.retrait
        AND (s.scellement IS NOT NULL OR f.inscrit_le < (SELECT jusqua FROM retires))
)
