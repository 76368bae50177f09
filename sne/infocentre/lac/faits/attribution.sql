-- A demande struck off because it was housed, whose allocation in force has a signed lease.
baux AS MATERIALIZED (
    SELECT f.*, coalesce(s.scellement, 0) AS de,
        coalesce(((SELECT dits FROM sceaux) ->> g.id::text)::bigint,
            CASE WHEN g.inscrit_le < (SELECT jusqua FROM retires) THEN 0 END) AS a,
        (f.bail_signe_le + 1)::timestamp AT TIME ZONE 'Europe/Paris' AS fin_du_bail
    FROM touchees t JOIN demande d ON d.id = t.demande
    JOIN attribution f ON f.territoire = d.territoire AND f.demande_id = d.id
    CROSS JOIN LATERAL (SELECT ((SELECT dits FROM sceaux) ->> f.id::text)::bigint AS scellement) s
    LEFT JOIN attribution g ON g.remplace_id = f.id
    WHERE NOT f.retrait AND f.bail_signe_le IS NOT NULL
        AND (s.scellement IS NOT NULL OR f.inscrit_le < (SELECT jusqua FROM retires))
), courantes AS MATERIALIZED (
    SELECT DISTINCT ON (i.demande, i.sceau) i.demande, i.sceau, k.numero, k.statut, k.date_depot
    FROM instants i JOIN versions k ON k.demande_id = i.demande AND k.scellement <= i.sceau
    WHERE i.demande IN (SELECT demande_id FROM baux)
    ORDER BY i.demande, i.sceau, k.numero DESC
), logees AS MATERIALIZED (
    -- The last lease known then, of a demande struck off then.
    SELECT DISTINCT ON (c.demande, c.sceau) c.demande, c.sceau, c.date_depot, b.*, r.date_radiation,
        r.territoire || coalesce(nullif(r.guichet, ''), k.guichet_gestionnaire) AS au_guichet
    FROM courantes c
    JOIN LATERAL (SELECT * FROM radiation x WHERE x.demande_id = c.demande AND x.revision <= c.numero
        ORDER BY x.revision DESC LIMIT 1) r ON r.motif = 'RADATT'
    JOIN versions k ON k.demande_id = c.demande AND k.numero = r.revision
    JOIN baux b ON b.demande_id = c.demande AND b.de <= c.sceau AND (b.a IS NULL OR b.a > c.sceau)
    WHERE c.statut = 'RADIEE'
    ORDER BY c.demande, c.sceau, b.bail_signe_le DESC, b.id DESC
), au_bail AS MATERIALIZED (
    -- The revision in force at the end of the day of the lease; the first one, when the lease is older.
    SELECT DISTINCT ON (l.demande, l.sceau) l.demande, l.sceau, k.numero
    FROM logees l JOIN versions k ON k.demande_id = l.demande AND k.scellement <= l.sceau
    ORDER BY l.demande, l.sceau, k.survenu_le < l.fin_du_bail DESC,
        CASE WHEN k.survenu_le < l.fin_du_bail THEN -k.numero ELSE k.numero END
), retravaillees AS MATERIALIZED (
    SELECT DISTINCT l.demande, l.sceau FROM logees l
    JOIN actes a ON a.demande = l.demande AND a.scellement <= l.sceau AND a.verbe IN ('MODIFIER', 'RENOUVELER')
        AND a.canal <> 'PGP' AND a.guichet NOT IN ('', 'GDPUB')
        AND (a.survenu_le AT TIME ZONE 'Europe/Paris')::date < l.bail_signe_le
), avis AS MATERIALIZED (
    SELECT DISTINCT l.demande, l.sceau FROM logees l
    JOIN piece p ON p.territoire = l.territoire AND p.demande_id = l.demande AND p.document IS NOT NULL
        AND p.type_piece IN ('AVIS_IMPOSITION_N2', 'AVIS_IMPOSITION_N1') AND p.survenu_le < l.fin_du_bail
    JOIN versions k ON k.demande_id = p.demande_id AND k.numero = p.revision AND k.scellement <= l.sceau
), etats AS MATERIALIZED (
    SELECT l.demande, l.sceau, l.territoire, l.au_guichet AS guichet, l.bail_signe_le AS jour, l.bailleur,
        l.date_radiation AS saisie, l.date_radiation - l.bail_signe_le AS delai_jours,
        l.bail_signe_le - l.date_depot AS anciennete_jours, l.bail_signe_le - l.jour AS commission_jours, l.reservataire AS contingent,
        l.reservataire = ANY (%(etat)s) AS etat, l.rpls ~ '^[0-9A-Z]{10}$' AS rpls_valide,
        rpls_apparie(l.rpls, l.bail_signe_le, l.sceau) AS rpls_apparie, l.commune, lac_cible_de(lac_personnes(v.contenu), lac_composition(v.contenu)) AS cible,
        lac_mutation(v.contenu) AS mutation,
        d.guichet_createur = 'GDPUB' AS portail,
        w.demande IS NOT NULL AS retravaillee,
        lac_rfr_connu(v.contenu) AS rfr_au_bail,
        y.demande IS NOT NULL AS avis_au_bail,
        lac_prioritaire(l.publics, l.bail_signe_le) OR x.dalo AS prioritaire, x.dalo, l.deja_loge,
        CASE l.quartier_prioritaire WHEN 'ZUSOUI' THEN 'OUI' WHEN 'ZUSNON' THEN 'NON' ELSE 'INCONNU' END AS qpv
    FROM logees l JOIN demande d ON d.id = l.demande
    JOIN au_bail b ON b.demande = l.demande AND b.sceau = l.sceau
    JOIN version v ON v.demande_id = l.demande AND v.numero = b.numero
    LEFT JOIN retravaillees w ON w.demande = l.demande AND w.sceau = l.sceau
    LEFT JOIN avis y ON y.demande = l.demande AND y.sceau = l.sceau
    CROSS JOIN LATERAL (SELECT 'DALO' = ANY (l.publics) OR EXISTS (SELECT FROM dalos z
        WHERE z.demande_id = l.demande AND z.de <= l.sceau AND (z.a IS NULL OR z.a > l.sceau)
            AND l.bail_signe_le BETWEEN z.jour AND coalesce(z.fin, 'infinity'))) AS x(dalo)
)
