"""The same household twice, in SQL: one score, for somebody being registered and for a whole territory by night."""

from sne.registre.demande.selectors.dates import a_une_faute

# ruff: noqa: S608 - statements are made of the constants of this file, values are parameters

# ``c`` is the person looked for, ``x`` an adult on record. ``rules/ressemblance.py`` says the same in Python.
# Few people have a used name: nothing is compared with an empty one, whose similarity is 0.
NOMS = """CROSS JOIN LATERAL (
    SELECT greatest(
        similarity(x.nom_norm, c.nom),
        CASE WHEN x.usage_norm <> '' THEN similarity(x.usage_norm, c.nom) END,
        CASE WHEN c.usage <> '' THEN similarity(x.nom_norm, c.usage) END,
        CASE WHEN x.usage_norm <> '' AND c.usage <> '' THEN similarity(x.usage_norm, c.usage) END,
        0
    ) AS nom
) noms"""
VOISINE = a_une_faute("x.date_naissance", "c.naissance")
TOTAL = f"""4 * coalesce(x.nir_empreinte = c.nir, false)::int
                + 2 * coalesce(x.date_naissance = c.naissance, false)::int
                + 0.75 * coalesce({VOISINE}, false)::int
                + 2 * noms.nom
                + 1.5 * coalesce(similarity(x.prenoms_norm, c.prenoms), 0)
                + coalesce(c.telephone <> '' AND x.telephone = c.telephone, false)::int"""
NOTE = f"""coalesce(x.nir_empreinte = c.nir, false) AS meme_nir,
            coalesce(x.date_naissance = c.naissance, false) AS meme_naissance,
            coalesce(c.telephone <> '' AND x.telephone = c.telephone, false) AS meme_telephone,
            coalesce({VOISINE}, false) AS naissance_voisine,
            noms.nom AS proximite_nom, coalesce(similarity(x.prenoms_norm, c.prenoms), 0) AS proximite_prenoms,
            {TOTAL} AS score"""

HOMONYMES = f"""SELECT i.id FROM identite i
            WHERE i.territoire = %(territoire)s AND i.nom_norm = c.nom AND i.prenoms_norm = c.prenoms
                AND {a_une_faute("i.date_naissance", "c.naissance")}"""


def ne_le_meme_jour(signe: str, sens: str) -> str:
    """Those born that day whose surnames follow, or precede, the one that is typed: from the index alone."""
    return f"""SELECT i.id, i.nom_norm, i.usage_norm, i.prenoms_norm FROM identite i
                WHERE i.territoire = %(territoire)s AND i.date_naissance = c.naissance AND i.nom_norm {signe} c.nom
                ORDER BY i.nom_norm {sens}, i.prenoms_norm {sens}, i.id {sens} LIMIT %(autour)s"""


# Sub-queries that cannot be merged (UNION, OFFSET 0): whatever the statistics say, each adult is looked up in four
# indexes and each candidate by its keys, under one plan that is made once for each connection.
# Of those born that day, the index alone says whose names are close enough for the score to be reached: it is read in
# the order of surnames from the one that is typed, both ways, so that 1 January costs what another day does. Homonyms
# of a birth date that a slip explains share no other key.
# A past identity (replaced, or of somebody who left) counts only when no current one of the same demande does; what was
# asked for and never granted is no identity at all.
SCORE = f"""
WITH cherche AS MATERIALIZED (
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
            SELECT x.id FROM (
                ({ne_le_meme_jour(">=", "ASC")}) UNION ALL ({ne_le_meme_jour("<", "DESC")})
            ) x
            {NOMS}
            WHERE 2 + 2 * noms.nom + 1.5 * similarity(x.prenoms_norm, c.prenoms) >= %(seuil)s
            UNION
            SELECT p.identite_courante_id FROM personne p
            WHERE p.territoire = %(territoire)s AND p.telephone = c.telephone AND p.telephone <> ''
            UNION
            ({HOMONYMES} LIMIT %(autour)s)
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
            ({HOMONYMES} LIMIT %(bloc)s)
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

# Somebody who came in after the version that two persons put back was put out by it: that explains their departure.
SANS_RETOUR = """NOT EXISTS (
        SELECT FROM decision_restauration z
        JOIN requete_restauration r ON r.id = z.requete_id
        JOIN version v ON v.demande_id = r.demande_id AND v.numero = r.vers
        WHERE z.demande_id = n.demande AND z.issue = 'ACCEPTEE' AND n.depuis > v.survenu_le AND n.depuis < z.survenu_le
        OFFSET 0
    )"""

# The same slice from the other side: identities once in force on its demandes and replaced since, each looked up among
# the present adults of demandes registered no earlier. Few identities are of the past: most of a slice costs nothing.
# ``x`` is that identity, ``c`` the person registered now. Nothing is
# said of a person who is still on the demande under that identity, or left it under that identity by a separation; nor
# of a person who came in after the version that was put back. What somebody answered holds for the replacements of
# before it.
ANCIENNES = f"""
WITH passees AS MATERIALIZED (
    SELECT d.id AS demande, d.date_enregistrement, i.*
    FROM demande d
    CROSS JOIN LATERAL (
        SELECT p.id AS personne, p.role, p.telephone, p.retire_le, i.id AS identite, i.nir_empreinte, i.date_naissance,
            i.nom_norm, i.usage_norm, i.prenoms_norm, coalesce(z.survenu_le, i.survenu_le) AS depuis,
            i.date_naissance = ANY(%(dates)s::date[]) AS date_commune
        FROM personne p
        JOIN identite i ON i.personne_id = p.id AND NOT i.retrait
            AND (i.id <> p.identite_courante_id OR p.retire_le IS NOT NULL)
        LEFT JOIN decision_identite z ON z.identite_id = i.id AND z.issue = 'VALIDEE'
        WHERE p.demande_id = d.id AND (i.voie <> 'CONTROLE' OR z.id IS NOT NULL) OFFSET 0
    ) i
    WHERE d.territoire = %(territoire)s AND d.nud > %(apres)s AND d.nud <= %(jusqua)s
), notees AS (
    SELECT DISTINCT ON (n.demande, n.recente) n.* FROM (
        SELECT x.demande, c.id AS recente, x.identite, x.personne, x.role, x.depuis, x.retire_le,
            {NOTE}
        FROM passees x
        CROSS JOIN LATERAL (
            SELECT i.id FROM identite i WHERE i.territoire = %(territoire)s AND i.nir_empreinte = x.nir_empreinte
            UNION
            SELECT i.id FROM identite i
            WHERE NOT x.date_commune AND i.territoire = %(territoire)s AND i.date_naissance = x.date_naissance
            UNION
            (SELECT i.id FROM identite i
            WHERE x.date_commune AND i.territoire = %(territoire)s AND i.nom_norm = x.nom_norm
                AND i.prenoms_norm = x.prenoms_norm LIMIT %(bloc)s)
        ) candidats
        CROSS JOIN LATERAL (
            SELECT d.id, p.telephone, i.nir_empreinte AS nir, i.date_naissance AS naissance, i.nom_norm AS nom,
                i.usage_norm AS usage, i.prenoms_norm AS prenoms
            FROM identite i
            JOIN personne p ON p.id = i.personne_id AND p.identite_courante_id = i.id AND p.retire_le IS NULL
            JOIN demande d ON d.id = p.demande_id
            WHERE i.id = candidats.id AND d.id <> x.demande AND d.date_enregistrement >= x.date_enregistrement OFFSET 0
        ) c
        {NOMS}
    ) n
    WHERE n.score >= %(seuil)s
    ORDER BY n.demande, n.recente, n.score DESC, n.identite
), datees AS (
    SELECT n.*, coalesce((
        SELECT min(coalesce(z.survenu_le, s.survenu_le)) FROM identite s
        LEFT JOIN decision_identite z ON z.identite_id = s.id AND z.issue = 'VALIDEE'
        WHERE s.personne_id = n.personne AND NOT s.retrait AND (s.voie <> 'CONTROLE' OR z.id IS NOT NULL)
            AND (coalesce(z.survenu_le, s.survenu_le), s.id) > (n.depuis, n.identite)
    ), n.retire_le) AS jusqu_au
    FROM notees n
)
SELECT n.*, count(*) OVER () AS total FROM datees n
WHERE NOT EXISTS (
        SELECT FROM (
            SELECT p.telephone, i.nir_empreinte, i.date_naissance, i.nom_norm, i.usage_norm, i.prenoms_norm
            FROM personne p JOIN identite i ON i.id = p.identite_courante_id
            WHERE p.demande_id = n.demande
                AND (p.retire_le IS NULL OR EXISTS (SELECT FROM separation s
                    WHERE s.personne_id = p.id AND s.survenu_le = p.retire_le)) OFFSET 0
        ) x CROSS JOIN (
            SELECT p.telephone, i.nir_empreinte AS nir, i.date_naissance AS naissance, i.nom_norm AS nom,
                i.usage_norm AS usage, i.prenoms_norm AS prenoms
            FROM personne p JOIN identite i ON i.id = p.identite_courante_id
            WHERE p.demande_id = n.recente AND p.retire_le IS NULL OFFSET 0
        ) c
        {NOMS}
        WHERE {TOTAL} >= %(seuil)s
    )
    AND {SANS_RETOUR}
    AND NOT EXISTS (
        SELECT FROM demande_enquetee a
        JOIN demande_enquetee b ON b.enquete_id = a.enquete_id AND b.demande_id = n.recente
        JOIN dossier_enquete e ON e.id = a.enquete_id
        WHERE a.demande_id = n.demande AND (e.clos_le IS NULL OR e.clos_le >= n.jusqu_au)
    )
    AND NOT EXISTS (
        SELECT FROM ensemble_sort sa
        JOIN ensemble_sort sb ON sb.ensemble_id = sa.ensemble_id AND sb.demande_id = n.recente
        JOIN ensemble_doublon e ON e.id = sa.ensemble_id
        WHERE sa.demande_id = n.demande AND e.issue <> 'SANS_OBJET' AND e.clos_le >= n.jusqu_au
            AND (e.issue <> 'A_SEPARER' OR sa.groupe <> sb.groupe)
    )
    AND NOT EXISTS (
        SELECT FROM cas_doublon k
        WHERE (k.dossier, k.demande_id) IN ((n.demande, n.recente), (n.recente, n.demande)) AND k.clos_le >= n.jusqu_au
    )
ORDER BY n.score DESC, n.demande, n.recente
LIMIT %(limite)s
"""

# The people of this territory, among the identities that were left in the other territories. ``c`` is a person of this
# territory, as typed at a door or as on record, ``x`` one of those identities: few, in a table of their own, which
# three look-ups of two indexes reach. Elsewhere nobody is met every day: two numbers, or two places of birth, that
# differ are of two persons. A present adult who is as close, by the ordinary threshold, is on both demandes, as the law
# lets them.
_CHERCHES = """SELECT %(recente)s::uuid AS recente, %(jour)s::date AS enregistree, (r.nir)::bytea AS nir, r.nir_etat,
        r.naissance, r.commune, normaliser(r.nom) AS nom, normaliser(r.usage) AS usage,
        normaliser(r.prenoms) AS prenoms, r.telephone
    FROM jsonb_to_recordset(%(personnes)s) AS r(nir text, nir_etat text, naissance date, commune text, nom text,
        usage text, prenoms text, telephone text)"""
_INSCRITS = """SELECT d.id AS recente, d.date_enregistrement AS enregistree, a.*
    FROM demande d
    CROSS JOIN LATERAL (
        SELECT i.nir_empreinte AS nir, i.nir_etat, i.date_naissance AS naissance, i.naissance_commune AS commune,
            i.nom_norm AS nom, i.usage_norm AS usage, i.prenoms_norm AS prenoms, p.telephone
        FROM personne p JOIN identite i ON i.id = p.identite_courante_id
        WHERE p.demande_id = d.id AND p.retire_le IS NULL OFFSET 0
    ) a
    WHERE d.territoire = %(territoire)s AND d.nud > %(apres)s AND d.nud <= %(jusqua)s"""
# The same people, as the cell that holds them gives them to another one.
_APPORTES = """SELECT r.recente, r.enregistree, (r.nir)::bytea AS nir, r.nir_etat, r.naissance, r.commune, r.nom,
        r.usage, r.prenoms, r.telephone
    FROM jsonb_to_recordset(%(personnes)s) AS r(recente uuid, enregistree date, nir text, nir_etat text, naissance date,
        commune text, nom text, usage text, prenoms text, telephone text)"""
_AILLEURS = f"""
notees AS (
    SELECT DISTINCT ON (n.demande, n.recente) n.* FROM (
        SELECT x.demande, x.territoire, x.identite, x.role, x.depuis, c.recente,
            {NOTE}
        FROM cherches c
        CROSS JOIN LATERAL (
            SELECT q.identite_id AS id FROM identite_quittee q
            WHERE q.nir_empreinte = c.nir AND q.territoire <> %(territoire)s
            UNION
            SELECT q.identite_id FROM identite_quittee q
            WHERE c.naissance <> ALL(%(dates)s::date[]) AND q.date_naissance = c.naissance
                AND q.territoire <> %(territoire)s
            UNION
            SELECT q.identite_id FROM identite_quittee q
            WHERE c.naissance = ANY(%(dates)s::date[]) AND q.date_naissance = c.naissance AND q.nom_norm = c.nom
                AND q.prenoms_norm = c.prenoms AND q.territoire <> %(territoire)s
        ) candidats
        CROSS JOIN LATERAL (
            SELECT d.id AS demande, d.territoire, i.id AS identite, p.role, p.telephone, i.nir_empreinte,
                i.date_naissance, i.nom_norm, i.usage_norm, i.prenoms_norm,
                coalesce(z.survenu_le, i.survenu_le) AS depuis
            FROM identite i
            JOIN personne p ON p.id = i.personne_id AND (p.identite_courante_id <> i.id OR p.retire_le IS NOT NULL)
            JOIN demande d ON d.id = p.demande_id
            LEFT JOIN decision_identite z ON z.identite_id = i.id AND z.issue = 'VALIDEE'
            WHERE i.id = candidats.id AND d.date_enregistrement <= c.enregistree
                AND NOT (i.nir_etat = 'PERMANENT' AND c.nir_etat = 'PERMANENT' AND i.nir_empreinte <> c.nir)
                AND NOT (i.naissance_commune <> '' AND c.commune <> '' AND i.naissance_commune <> c.commune) OFFSET 0
        ) x
        {NOMS}
    ) n
    WHERE n.score >= %(seuil)s
    ORDER BY n.demande, n.recente, n.score DESC, n.identite
)
SELECT n.*, count(*) OVER () AS total FROM notees n
WHERE NOT EXISTS (
        SELECT FROM (
            SELECT p.telephone, i.nir_empreinte, i.date_naissance, i.nom_norm, i.usage_norm, i.prenoms_norm
            FROM personne p JOIN identite i ON i.id = p.identite_courante_id
            WHERE p.demande_id = n.demande
                AND (p.retire_le IS NULL OR EXISTS (SELECT FROM separation s
                    WHERE s.personne_id = p.id AND s.survenu_le = p.retire_le)) OFFSET 0
        ) x CROSS JOIN cherches c
        {NOMS}
        WHERE c.recente IS NOT DISTINCT FROM n.recente AND {TOTAL} >= %(seuil_present)s
    )
    AND {SANS_RETOUR}
    AND NOT EXISTS (
        SELECT FROM element_enquete e
        JOIN dossier_enquete q ON q.id = e.enquete_id
        JOIN identite i ON i.id = e.identite_id
        WHERE e.ailleurs_id = n.recente AND i.demande_id = n.demande
            AND (q.clos_le IS NULL OR e.identite_id = n.identite)
        OFFSET 0
    )
ORDER BY n.score DESC, n.demande, n.recente
LIMIT %(limite)s
"""
AILLEURS_A_LA_PORTE = f"WITH cherches AS MATERIALIZED ({_CHERCHES}), {_AILLEURS}"
AILLEURS_LA_NUIT = f"WITH cherches AS MATERIALIZED ({_INSCRITS}), {_AILLEURS}"
A_CHERCHER = f"SELECT coalesce(json_agg(c), '[]')::text FROM ({_INSCRITS}) c"
AILLEURS_D_UNE_CELLULE = f"WITH cherches AS MATERIALIZED ({_APPORTES}), {_AILLEURS}"
