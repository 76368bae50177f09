-- An open demande and its traits, from the day of one act to that of the next; what time alone changes (an age) is that
-- of the act. One that was registered twice and annulled never was; one struck off is closed until it comes back.
changees AS MATERIALIZED (
    -- Others of them have the traits that they had: an event, a decision changes none.
    SELECT demande_id FROM versions WHERE scellement > %(depuis)s
    UNION SELECT demande_id FROM dalos WHERE de > %(depuis)s OR a > %(depuis)s
), jours AS MATERIALIZED (
    SELECT k.demande_id, k.numero, k.statut, k.scellement, CASE WHEN k.numero = 1 THEN d.date_enregistrement
        ELSE coalesce(r.date_radiation, (k.survenu_le AT TIME ZONE 'Europe/Paris')::date) END AS jour
    FROM changees c JOIN versions k ON k.demande_id = c.demande_id JOIN demande d ON d.id = k.demande_id
    LEFT JOIN radiation r ON r.demande_id = k.demande_id AND r.revision = k.numero
), connues AS MATERIALIZED (
    SELECT demande, sceau, numero, jour FROM (
        SELECT i.demande, i.sceau, k.numero, k.jour, k.statut,
            first_value(k.statut) OVER (PARTITION BY i.demande, i.sceau ORDER BY k.numero DESC) AS dernier
        FROM instants i JOIN jours k ON k.demande_id = i.demande AND k.scellement <= i.sceau
    ) x WHERE statut <> 'ANNULEE' AND dernier <> 'ANNULEE'
), bornes AS MATERIALIZED (
    SELECT demande, sceau, jour, max(numero) AS numero FROM (
        SELECT demande, sceau, jour, numero FROM connues
        UNION ALL SELECT i.demande, i.sceau, b.jour, NULL FROM instants i
        JOIN dalos x ON x.demande_id = i.demande AND x.de <= i.sceau AND (x.a IS NULL OR x.a > i.sceau)
        CROSS JOIN LATERAL (VALUES (x.jour), (x.fin + 1)) AS b(jour) WHERE b.jour IS NOT NULL
    ) y GROUP BY demande, sceau, jour
), reconnus AS MATERIALIZED (
    SELECT DISTINCT b.demande, b.sceau, b.jour FROM bornes b
    JOIN dalos x ON x.demande_id = b.demande AND x.de <= b.sceau AND (x.a IS NULL OR x.a > b.sceau)
        AND b.jour BETWEEN x.jour AND coalesce(x.fin, 'infinity')
), segments AS MATERIALIZED (
    SELECT b.demande, b.sceau, b.jour AS du, lead(b.jour) OVER w AS au, max(b.numero) OVER w AS numero,
        r.demande IS NOT NULL AS dalo
    FROM bornes b LEFT JOIN reconnus r ON r.demande = b.demande AND r.sceau = b.sceau AND r.jour = b.jour
    WINDOW w AS (PARTITION BY b.demande, b.sceau ORDER BY b.jour)
), traits AS MATERIALIZED (
    -- Of a revision, once, however many seals and days look at it.
    SELECT k.demande_id, k.numero, k.territoire, k.territoire || k.guichet_gestionnaire AS guichet,
        k.statut = 'EXPIREE' AS tolerance, l.contenu ->> 'titulaire' = 'PERSONNE' AS physique,
        lac_rfr_connu(l.contenu) AS rfr_connu,
        (12 * extract(year FROM k.date_depot) + extract(month FROM k.date_depot) - 1)::integer AS depot_mois,
        coalesce((SELECT max(x.type COLLATE "C")
            FROM jsonb_array_elements_text(l.contenu #> '{souhaits,types_logement}') AS x(type)), '') AS type_max,
        coalesce(l.contenu #>> '{souhaits,localisations,0,commune}', '') AS commune1, lac_cible_de(m.personnes, m.composition) AS cible,
        lac_mutation(l.contenu) AS mutation, least(m.personnes, 6)::text AS personnes,
        m.composition, lac_age(n.date_naissance, j.jour) AS age,
        coalesce((SELECT min(x.type COLLATE "C")
            FROM jsonb_array_elements_text(l.contenu #> '{souhaits,types_logement}') AS x(type)), '') AS type_min,
        lac_ressources(l.contenu) AS ressources,
        coalesce(l.contenu #>> '{demandeur,situation_professionnelle,statut}', 'INCONNU') AS activite,
        coalesce(l.contenu #>> '{logement_actuel,statuts_occupation,0}', 'INCONNU') AS logement,
        coalesce(l.contenu #>> '{motifs,codes,0}', 'INCONNU') AS motif1,
        CASE jsonb_array_length(coalesce(l.contenu #> '{souhaits,localisations}', '[]'))
            WHEN 0 THEN '0' WHEN 1 THEN '1' WHEN 2 THEN '2-3' WHEN 3 THEN '2-3' ELSE '4-8' END AS communes,
        CASE (l.contenu #>> '{souhaits,accepte_autres_communes}')::boolean
            WHEN true THEN 'OUI' WHEN false THEN 'NON' ELSE 'INCONNU' END AS autres_communes
    FROM jours j JOIN versions k ON k.demande_id = j.demande_id AND k.numero = j.numero
    JOIN version v ON v.demande_id = k.demande_id AND v.numero = k.numero
    CROSS JOIN LATERAL (SELECT v.contenu || '{}' OFFSET 0) AS l(contenu)  -- unpacked once for all that read it
    CROSS JOIN LATERAL (SELECT lac_personnes(l.contenu) AS personnes, lac_composition(l.contenu) AS composition OFFSET 0) AS m
    LEFT JOIN LATERAL (SELECT min(x.date_naissance) AS date_naissance FROM identite x
        WHERE x.territoire = k.territoire AND x.demande_id = k.demande_id AND x.id = ANY (v.identites)
            AND x.personne_id = (l.contenu #>> '{demandeur,personne}')::uuid) n ON true
    WHERE k.statut IN ('ACTIVE', 'EXPIREE')
), etats AS MATERIALIZED (
    SELECT s.demande, s.sceau, t.territoire, t.guichet, m.jour, m.sens, s.dalo, t.tolerance, t.physique, t.rfr_connu,
        t.depot_mois, t.type_max, t.commune1, t.cible, t.mutation, t.personnes, t.composition, t.age, t.type_min,
        t.ressources, t.activite, t.logement, t.motif1, t.communes, t.autres_communes
    FROM segments s JOIN traits t ON t.demande_id = s.demande AND t.numero = s.numero
    CROSS JOIN LATERAL (VALUES (s.du, 1), (s.au, -1)) AS m(jour, sens) WHERE m.jour IS NOT NULL
)
