-- A demande registered; taken back when it was a double, and again when that was wrong. It came in on the day that the
-- counter says, whatever the territorial manager decides of that day.
mouvements AS (
    SELECT demande_id, scellement, 1 AS signe FROM versions WHERE numero = 1
    UNION ALL
    SELECT a.demande_id, k.scellement, -1
    FROM versions k JOIN annulation a ON a.demande_id = k.demande_id AND a.revision = k.numero
    UNION ALL
    SELECT r.demande_id, k.scellement, 1
    FROM versions k JOIN retablissement r ON r.demande_id = k.demande_id AND r.revision = k.numero
), lignes AS (
    SELECT m.demande_id AS demande, d.territoire, d.territoire || d.guichet_createur AS guichet,
        d.date_enregistrement AS jour, m.scellement, m.signe, d.canal,
        l.contenu ->> 'titulaire' = 'PERSONNE' AS physique, d.date_enregistrement - coalesce((SELECT min(q.date_demandee) FROM requete_anteriorite q
            WHERE q.demande_id = m.demande_id), v.date_depot) AS retard_jours,
        lac_personnes(l.contenu) AS personnes,
        coalesce((SELECT min(t.type COLLATE "C")
            FROM jsonb_array_elements_text(l.contenu #> '{souhaits,types_logement}') AS t(type)), '') AS type_min,
        lac_rfr_connu(l.contenu) AS rfr_connu, lac_ressources(l.contenu) AS ressources,
        coalesce(l.contenu #> '{logement_actuel,statuts_occupation}' ? 'HLM', false) AS locataire_hlm,
        coalesce(l.contenu #>> '{souhaits,localisations,0,commune}', '') AS commune1
    FROM mouvements m JOIN demande d ON d.id = m.demande_id
    JOIN version v ON v.demande_id = m.demande_id AND v.numero = 1
    CROSS JOIN LATERAL (SELECT v.contenu || '{}' OFFSET 0) AS l(contenu)  -- unpacked once for all that read it
    WHERE m.scellement > %(depuis)s
)
