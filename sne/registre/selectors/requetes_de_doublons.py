"""The same household twice, in SQL: one score, for somebody being registered and for a whole territory by night."""

# ruff: noqa: S608 - statements are made of the constants of this file, values are parameters

# ``c`` is who is looked for, ``x`` an adult on record. ``rules/ressemblance.py`` says the same in Python.
NOMS = """CROSS JOIN LATERAL (
    SELECT greatest(
        similarity(x.nom_norm, c.nom), similarity(x.usage_norm, c.nom),
        similarity(x.nom_norm, c.usage), similarity(nullif(x.usage_norm, ''), nullif(c.usage, '')), 0
    ) AS nom
) noms"""
NOTE = """coalesce(x.nir_empreinte = c.nir, false) AS meme_nir,
            coalesce(x.date_naissance = c.naissance, false) AS meme_naissance,
            coalesce(c.telephone <> '' AND x.telephone = c.telephone, false) AS meme_telephone,
            noms.nom AS proximite_nom, coalesce(similarity(x.prenoms_norm, c.prenoms), 0) AS proximite_prenoms,
            4 * coalesce(x.nir_empreinte = c.nir, false)::int
                + 2 * coalesce(x.date_naissance = c.naissance, false)::int
                + 2 * noms.nom
                + 1.5 * coalesce(similarity(x.prenoms_norm, c.prenoms), 0)
                + coalesce(c.telephone <> '' AND x.telephone = c.telephone, false)::int AS score"""

# Sub-queries that cannot be merged (UNION, OFFSET 0): whatever the statistics say, each adult is looked up in three
# indexes and each candidate by its keys, under one plan that is made once for each connection.
# A past identity (replaced, or of somebody gone) counts only when no current one of the same demande does; what was
# asked for and never granted is no identity at all.
SCORE = f"""
WITH cherche AS (
    SELECT (r.nir)::bytea AS nir, r.naissance, normaliser(r.nom) AS nom, normaliser(r.usage) AS usage,
        normaliser(r.prenoms) AS prenoms, r.telephone
    FROM jsonb_to_recordset(%(personnes)s)
        AS r(nir text, naissance date, nom text, usage text, prenoms text, telephone text)
)
SELECT * FROM (
    SELECT DISTINCT ON (n.id) n.* FROM (
        SELECT x.id, x.nud, x.statut, x.date_expiration, x.role, x.identite, x.actuelle,
            x.nom_naissance, x.prenoms, x.date_naissance,
            {NOTE}
        FROM cherche c
        CROSS JOIN LATERAL (
            SELECT i.id FROM identite i WHERE i.territoire = %(territoire)s AND i.nir_empreinte = c.nir
            UNION
            SELECT i.id FROM identite i WHERE i.territoire = %(territoire)s AND i.date_naissance = c.naissance
            UNION
            SELECT p.identite_courante_id FROM personne p
            WHERE p.territoire = %(territoire)s AND p.telephone = c.telephone AND p.telephone <> ''
        ) candidats
        CROSS JOIN LATERAL (
            SELECT d.id, d.nud, d.statut, d.date_expiration, p.role, p.telephone, i.id AS identite,
                p.identite_courante_id = i.id AND p.retire_le IS NULL AS actuelle, i.nom_naissance, i.prenoms,
                i.date_naissance, i.nir_empreinte, i.nom_norm, i.usage_norm, i.prenoms_norm
            FROM identite i
            JOIN personne p ON p.id = i.personne_id
            JOIN demande d ON d.id = p.demande_id AND d.id <> %(sauf)s
            WHERE i.id = candidats.id AND (
                p.identite_courante_id = i.id AND p.retire_le IS NULL
                OR %(passees)s AND (i.voie <> 'CONTROLE' OR EXISTS (
                    SELECT FROM decision_identite z WHERE z.identite_id = i.id AND z.issue = 'VALIDEE'
                ))
            ) OFFSET 0
        ) x
        {NOMS}
    ) n
    WHERE n.score >= %(seuil)s
    ORDER BY n.id, n.actuelle DESC, n.score DESC
) notes
ORDER BY actuelle DESC, meme_nir DESC, score DESC, nud
LIMIT %(limite)s
"""

# One slice of a territory, by number: each pair of demandes once (the second number is the greater), their two closest
# adults, nobody of the past. A birth date or a phone that too many share is looked up with the names.
# A pair is left out while it waits in an open set or case, and once decided as long as both adults are who they were.
BALAYAGE = f"""
WITH adultes AS MATERIALIZED (
    SELECT d.id, d.nud, d.statut, i.id AS identite, i.nir_empreinte AS nir, i.date_naissance AS naissance,
        i.nom_norm AS nom, i.usage_norm AS usage, i.prenoms_norm AS prenoms, p.telephone, p.role,
        i.date_naissance = ANY(%(dates)s::date[]) AS date_commune,
        p.telephone = ANY(%(telephones)s::text[]) AS telephone_commun
    FROM demande d
    JOIN personne p ON p.demande_id = d.id AND p.retire_le IS NULL
    JOIN identite i ON i.id = p.identite_courante_id
    WHERE d.territoire = %(territoire)s AND d.nud > %(apres)s AND d.nud <= %(jusqua)s AND d.statut = ANY(%(vues)s)
), notees AS (
    SELECT DISTINCT ON (n.demande_a, n.demande_b) n.* FROM (
        SELECT c.id AS demande_a, x.id AS demande_b, c.identite AS identite_a, x.identite AS identite_b,
            c.statut AS statut_a, x.statut AS statut_b,
            CASE WHEN 'COTITULAIRE' IN (c.role, x.role) THEN 'COTITULAIRE' ELSE c.role END AS role,
            {NOTE}
        FROM adultes c
        CROSS JOIN LATERAL (
            SELECT i.id FROM identite i WHERE i.territoire = %(territoire)s AND i.nir_empreinte = c.nir
            UNION
            SELECT i.id FROM identite i
            WHERE NOT c.date_commune AND i.territoire = %(territoire)s AND i.date_naissance = c.naissance
            UNION
            SELECT p.identite_courante_id FROM personne p
            WHERE NOT c.telephone_commun AND p.territoire = %(territoire)s AND p.telephone = c.telephone
                AND p.telephone <> ''
            UNION
            (SELECT i.id FROM identite i
            WHERE (c.date_commune OR c.telephone_commun) AND i.territoire = %(territoire)s AND i.nom_norm = c.nom
                AND i.prenoms_norm = c.prenoms LIMIT %(bloc)s)
        ) candidats
        CROSS JOIN LATERAL (
            SELECT d.id, d.statut, p.role, p.telephone, i.id AS identite, i.date_naissance, i.nir_empreinte,
                i.nom_norm, i.usage_norm, i.prenoms_norm
            FROM identite i
            JOIN personne p ON p.id = i.personne_id AND p.identite_courante_id = i.id AND p.retire_le IS NULL
            JOIN demande d ON d.id = p.demande_id
            WHERE i.id = candidats.id AND d.nud > c.nud AND d.statut = ANY(%(vues)s)
                AND (c.statut = ANY(%(ouvertes)s) OR d.statut = ANY(%(ouvertes)s)) OFFSET 0
        ) x
        {NOMS}
    ) n
    WHERE n.score >= %(seuil)s
    ORDER BY n.demande_a, n.demande_b, n.score DESC, n.identite_a, n.identite_b
), decidees AS (
    SELECT n.*, (
        SELECT bool_or(n.identite_a = ANY(sa.identites) AND n.identite_b = ANY(sb.identites))
        FROM ensemble_sort sa
        JOIN ensemble_sort sb ON sb.ensemble_id = sa.ensemble_id AND sb.demande_id = n.demande_b
        JOIN ensemble_doublon e ON e.id = sa.ensemble_id
        WHERE sa.demande_id = n.demande_a AND e.issue <> 'SANS_OBJET'
            AND (e.issue <> 'A_SEPARER' OR sa.groupe <> sb.groupe)
    ) AS par_ensemble, (
        SELECT bool_or(k.clos_le IS NULL OR k.clos_le >= (
            SELECT max(coalesce(z.survenu_le, i.survenu_le)) FROM identite i
            LEFT JOIN decision_identite z ON z.identite_id = i.id WHERE i.id IN (n.identite_a, n.identite_b)
        ))
        FROM cas_doublon k WHERE (k.dossier, k.demande_id) IN ((n.demande_a, n.demande_b), (n.demande_b, n.demande_a))
    ) AS par_cas
    FROM notees n
)
SELECT n.*, n.par_ensemble IS NOT NULL OR n.par_cas IS NOT NULL AS revue, count(*) OVER () AS total FROM decidees n
WHERE n.par_ensemble IS NOT TRUE AND n.par_cas IS NOT TRUE
    AND (n.statut_a = ANY(%(ouvertes)s) OR %(jour)s <= (
        SELECT r.reactivable_jusqu_au FROM radiation r WHERE r.demande_id = n.demande_a ORDER BY r.revision DESC LIMIT 1
    ))
    AND (n.statut_b = ANY(%(ouvertes)s) OR %(jour)s <= (
        SELECT r.reactivable_jusqu_au FROM radiation r WHERE r.demande_id = n.demande_b ORDER BY r.revision DESC LIMIT 1
    ))
    AND NOT EXISTS (
        SELECT FROM ensemble_paire p JOIN ensemble_doublon e ON e.id = p.ensemble_id AND e.clos_le IS NULL
        WHERE p.demande_a_id = n.demande_a AND p.demande_b_id = n.demande_b
    )
ORDER BY n.score DESC, n.demande_a, n.demande_b
LIMIT %(limite)s
"""

# Open sets without two demandes open, or able to come back beside an open one, whatever their score.
SANS_OBJET = """
SELECT e.id FROM ensemble_doublon e
WHERE e.territoire = %(territoire)s AND e.clos_le IS NULL AND NOT EXISTS (
    SELECT FROM ensemble_paire p
    JOIN demande a ON a.id = p.demande_a_id
    JOIN demande b ON b.id = p.demande_b_id
    WHERE p.ensemble_id = e.id AND (a.statut = ANY(%(ouvertes)s) OR b.statut = ANY(%(ouvertes)s))
        AND (a.statut = ANY(%(ouvertes)s) OR a.statut = ANY(%(vues)s) AND %(jour)s <= (
            SELECT r.reactivable_jusqu_au FROM radiation r WHERE r.demande_id = a.id ORDER BY r.revision DESC LIMIT 1
        ))
        AND (b.statut = ANY(%(ouvertes)s) OR b.statut = ANY(%(vues)s) AND %(jour)s <= (
            SELECT r.reactivable_jusqu_au FROM radiation r WHERE r.demande_id = b.id ORDER BY r.revision DESC LIMIT 1
        ))
)
ORDER BY e.id
"""

# What too many share: read from the indexes of the look-ups, past identities included, since a look-up walks them too.
COMMUNES = """
SELECT date_naissance::text AS cle, true AS est_date, count(*) AS nombre FROM identite
WHERE territoire = %(territoire)s GROUP BY date_naissance HAVING count(*) > %(bloc)s
UNION ALL
SELECT telephone, false, count(*) FROM personne
WHERE territoire = %(territoire)s AND telephone <> '' GROUP BY telephone HAVING count(*) > %(bloc)s
"""
