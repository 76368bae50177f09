-- A demande registered, not taken back, one document of identity or of stay of which counts: received, neither set
-- aside nor replaced, and valid on the day when it came.
candidates AS MATERIALIZED (
    SELECT p.demande_id, p.id, k.scellement AS de, n.scellement AS a
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN piece p ON p.territoire = d.territoire AND p.demande_id = d.id
    JOIN versions k ON k.demande_id = p.demande_id AND k.numero = p.revision
    LEFT JOIN piece q ON q.remplace_id = p.id
    LEFT JOIN versions n ON n.demande_id = q.demande_id AND n.numero = q.revision
    WHERE p.type_piece IN ('IDENTITE', 'SEJOUR') AND p.document IS NOT NULL
        AND coalesce(p.validite_fin, 'infinity') >= (p.survenu_le AT TIME ZONE 'Europe/Paris')::date
), lectures AS MATERIALIZED (
    SELECT q.piece_id, q.id, q.qualification, s.scellement
    FROM candidates c JOIN demande d ON d.id = c.demande_id
    JOIN qualification_piece q ON q.territoire = d.territoire AND q.demande_id = d.id AND q.piece_id = c.id
    JOIN (SELECT faits ->> 'qualification' AS dite, min(scellement) AS scellement FROM actes
        WHERE faits ? 'qualification' GROUP BY 1) s ON s.dite = q.id::text
), annulees AS MATERIALIZED (
    SELECT a.demande_id, k.scellement AS de, n.scellement AS a
    FROM versions k JOIN annulation a ON a.demande_id = k.demande_id AND a.revision = k.numero
    LEFT JOIN retablissement r ON r.annulation_id = a.id
    LEFT JOIN versions n ON n.demande_id = r.demande_id AND n.numero = r.revision
), etats AS MATERIALIZED (
    SELECT DISTINCT i.demande, i.sceau, d.territoire, d.territoire || d.guichet_createur AS guichet,
        d.date_enregistrement AS jour, d.canal, v.contenu ->> 'titulaire' = 'PERSONNE' AS physique
    FROM instants i JOIN candidates c ON c.demande_id = i.demande AND c.de <= i.sceau AND (c.a IS NULL OR c.a > i.sceau)
    JOIN demande d ON d.id = i.demande JOIN version v ON v.demande_id = i.demande AND v.numero = 1
    WHERE coalesce((SELECT l.qualification FROM lectures l WHERE l.piece_id = c.id AND l.scellement <= i.sceau
            ORDER BY l.id DESC LIMIT 1), 'VALIDE') = 'VALIDE'
        AND NOT EXISTS (SELECT FROM annulees x
            WHERE x.demande_id = i.demande AND x.de <= i.sceau AND (x.a IS NULL OR x.a > i.sceau))
)
