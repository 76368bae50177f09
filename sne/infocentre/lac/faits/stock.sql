-- An open demande and its traits, from the day of one act to that of the next; what time alone changes (an age) is that
-- of the act. One that was registered twice and annulled never was; one struck off is closed until it comes back.
jours AS MATERIALIZED (
    SELECT k.demande_id, k.numero, k.statut, k.scellement, CASE WHEN k.numero = 1 THEN d.date_enregistrement
        ELSE coalesce(r.date_radiation, (k.survenu_le AT TIME ZONE 'Europe/Paris')::date) END AS jour
    FROM versions k JOIN demande d ON d.id = k.demande_id
    LEFT JOIN radiation r ON r.demande_id = k.demande_id AND r.revision = k.numero
), connues AS MATERIALIZED (
    SELECT i.demande, i.sceau, k.numero, k.jour FROM instants i
    JOIN jours k ON k.demande_id = i.demande AND k.scellement <= i.sceau AND k.statut <> 'ANNULEE'
    WHERE (SELECT x.statut FROM jours x WHERE x.demande_id = i.demande AND x.scellement <= i.sceau
        ORDER BY x.numero DESC LIMIT 1) <> 'ANNULEE'
), bornes AS MATERIALIZED (
    SELECT demande, sceau, jour FROM connues
    UNION SELECT i.demande, i.sceau, b.jour FROM instants i
    JOIN dalos x ON x.demande_id = i.demande AND x.de <= i.sceau AND (x.a IS NULL OR x.a > i.sceau)
    CROSS JOIN LATERAL (VALUES (x.jour), (x.fin + 1)) AS b(jour) WHERE b.jour IS NOT NULL
), segments AS MATERIALIZED (
    SELECT b.demande, b.sceau, b.jour AS du, lead(b.jour) OVER (PARTITION BY b.demande, b.sceau ORDER BY b.jour) AS au,
        (SELECT max(k.numero) FROM connues k
            WHERE k.demande = b.demande AND k.sceau = b.sceau AND k.jour <= b.jour) AS numero,
        EXISTS (SELECT FROM dalos x WHERE x.demande_id = b.demande AND x.de <= b.sceau
            AND (x.a IS NULL OR x.a > b.sceau) AND b.jour BETWEEN x.jour AND coalesce(x.fin, 'infinity')) AS dalo
    FROM bornes b
), traits AS MATERIALIZED (
    SELECT k.demande_id, k.numero, k.statut, k.territoire,
        k.territoire || k.guichet_gestionnaire AS guichet, k.date_depot, v.contenu,
        lac_age(n.date_naissance, j.jour) AS age
    FROM versions k JOIN jours j ON j.demande_id = k.demande_id AND j.numero = k.numero
    JOIN version v ON v.demande_id = k.demande_id AND v.numero = k.numero
    LEFT JOIN LATERAL (SELECT min(x.date_naissance) AS date_naissance FROM identite x
        WHERE x.territoire = k.territoire AND x.demande_id = k.demande_id AND x.id = ANY (v.identites)
            AND x.personne_id = (v.contenu #>> '{demandeur,personne}')::uuid) n ON true
    WHERE k.statut IN ('ACTIVE', 'EXPIREE')
), etats AS MATERIALIZED (
    SELECT s.demande, s.sceau, t.territoire, t.guichet, m.jour, m.sens, s.dalo, t.statut = 'EXPIREE' AS tolerance,
        t.contenu ->> 'titulaire' = 'PERSONNE' AS physique, lac_rfr_connu(t.contenu) AS rfr_connu,
        (12 * extract(year FROM t.date_depot) + extract(month FROM t.date_depot) - 1)::integer AS depot_mois,
        coalesce((SELECT max(x.type COLLATE "C")
            FROM jsonb_array_elements_text(t.contenu #> '{souhaits,types_logement}') AS x(type)), '') AS type_max,
        coalesce(t.contenu #>> '{souhaits,localisations,0,commune}', '') AS commune1, lac_cible(t.contenu) AS cible,
        lac_mutation(t.contenu) AS mutation, least(lac_personnes(t.contenu), 6)::text AS personnes,
        lac_composition(t.contenu) AS composition, t.age,
        coalesce((SELECT min(x.type COLLATE "C")
            FROM jsonb_array_elements_text(t.contenu #> '{souhaits,types_logement}') AS x(type)), '') AS type_min,
        lac_ressources(t.contenu) AS ressources,
        coalesce(t.contenu #>> '{demandeur,situation_professionnelle,statut}', 'INCONNU') AS activite,
        coalesce(t.contenu #>> '{logement_actuel,statuts_occupation,0}', 'INCONNU') AS logement,
        coalesce(t.contenu #>> '{motifs,codes,0}', 'INCONNU') AS motif1,
        CASE jsonb_array_length(coalesce(t.contenu #> '{souhaits,localisations}', '[]'))
            WHEN 0 THEN '0' WHEN 1 THEN '1' WHEN 2 THEN '2-3' WHEN 3 THEN '2-3' ELSE '4-8' END AS communes,
        CASE (t.contenu #>> '{souhaits,accepte_autres_communes}')::boolean
            WHEN true THEN 'OUI' WHEN false THEN 'NON' ELSE 'INCONNU' END AS autres_communes
    FROM segments s JOIN traits t ON t.demande_id = s.demande AND t.numero = s.numero
    CROSS JOIN LATERAL (VALUES (s.du, 1), (s.au, -1)) AS m(jour, sens) WHERE m.jour IS NOT NULL
)
