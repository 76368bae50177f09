"""An independent witness: the main figures counted in the register’s tables, without the lake nor its SQL."""

from django.db import connection

ORACLE = """
WITH en_vigueur AS (
    SELECT a.* FROM attribution a
    WHERE NOT a.retrait AND NOT EXISTS (SELECT FROM attribution x WHERE x.remplace_id = a.id)
), fins AS (
    SELECT DISTINCT ON (r.demande_id) r.* FROM radiation r ORDER BY r.demande_id, r.revision DESC
), logees AS (
    SELECT DISTINCT ON (d.id) d.id AS demande_id, d.territoire, d.date_depot, f.guichet, f.date_radiation,
        a.bail_signe_le, a.reservataire, a.quartier_prioritaire
    FROM demande d JOIN fins f ON f.demande_id = d.id AND f.motif = 'RADATT'
    JOIN en_vigueur a ON a.demande_id = d.id AND a.bail_signe_le IS NOT NULL
    WHERE d.statut = 'RADIEE' ORDER BY d.id, a.bail_signe_le DESC, a.id DESC
), faits AS (
    SELECT 'DEPOTS', territoire || guichet_createur, date_enregistrement, 1
    FROM demande WHERE titulaire = 'PERSONNE' AND statut NOT IN ('ANNULEE', 'PURGEE')
    UNION ALL SELECT 'IDENTITES_FOURNIES', territoire || guichet_createur, date_enregistrement, 1 FROM demande d
    WHERE titulaire = 'PERSONNE' AND statut NOT IN ('ANNULEE', 'PURGEE') AND EXISTS (SELECT FROM piece p
        WHERE p.demande_id = d.id AND p.type_piece = 'IDENTITE' AND p.document IS NOT NULL
            AND NOT EXISTS (SELECT FROM qualification_piece q WHERE q.piece_id = p.id AND q.qualification <> 'VALIDE'))
    UNION ALL SELECT 'ATTRIBUTIONS', territoire || guichet, bail_signe_le, 1 FROM logees
    UNION ALL SELECT 'ATTRIBUTIONS_ETAT', territoire || guichet, bail_signe_le, 1 FROM logees
    WHERE reservataire IN ('PPRIOR', 'PFONCT')
    UNION ALL SELECT CASE quartier_prioritaire WHEN 'ZUSOUI' THEN 'ATTRIBUTIONS_QPV' ELSE 'ATTRIBUTIONS_HORS_QPV' END,
        territoire || guichet, bail_signe_le, 1 FROM logees WHERE quartier_prioritaire IN ('ZUSOUI', 'ZUSNON')
    UNION ALL SELECT 'ATTRIBUTIONS_DELAI_JOURS', territoire || guichet, bail_signe_le, date_radiation - bail_signe_le
    FROM logees
    UNION ALL SELECT 'ATTRIBUTIONS_ANCIENNETE_30J', territoire || guichet, bail_signe_le, 1 FROM logees
    WHERE bail_signe_le - date_depot < 30
    UNION ALL SELECT 'ATTRIBUTIONS_SANS_AVIS', territoire || guichet, bail_signe_le, 1 FROM logees l
    WHERE NOT EXISTS (SELECT FROM piece p WHERE p.demande_id = l.demande_id AND p.type_piece LIKE 'AVIS%'
        AND (p.survenu_le AT TIME ZONE 'Europe/Paris')::date <= l.bail_signe_le)
    UNION ALL SELECT 'ATTRIBUTIONS_SANS_BAIL', territoire || guichet, jour, 1 FROM en_vigueur
    WHERE bail_signe_le IS NULL
    UNION ALL SELECT 'BAUX_NON_RADIES', d.territoire || x.guichet, x.bail_signe_le + 11, 1 FROM demande d
    CROSS JOIN LATERAL (SELECT * FROM en_vigueur a WHERE a.demande_id = d.id AND a.bail_signe_le IS NOT NULL
        ORDER BY a.bail_signe_le DESC, a.id DESC LIMIT 1) x WHERE d.statut IN ('ACTIVE', 'EXPIREE')
    UNION ALL SELECT q.quoi, d.territoire || x.guichet, q.jour, 1 FROM demande d CROSS JOIN LATERAL (
        SELECT e.* FROM decision_caleol e WHERE e.demande_id = d.id AND NOT e.retrait
            AND NOT EXISTS (SELECT FROM decision_caleol y WHERE y.remplace_id = e.id)
        ORDER BY e.jour DESC, e.id DESC LIMIT 1) x
    CROSS JOIN LATERAL (VALUES ('CONDITIONS_DEPASSEES', x.pieces_avant + 1), ('DECISIONS_SANS_SUITE', x.jour + 91))
        q(quoi, jour)
    WHERE d.statut IN ('ACTIVE', 'EXPIREE') AND x.code LIKE 'ATTR%' AND x.code <> 'ATTR_RANG' AND q.jour IS NOT NULL
        AND NOT EXISTS (SELECT FROM en_vigueur a WHERE a.demande_id = d.id AND a.jour >= x.jour)
        AND NOT EXISTS (SELECT FROM evenement e WHERE e.demande_id = d.id AND e.type = 'REFUS_DEMANDEUR'
            AND NOT e.retrait AND e.jour >= x.jour)
    UNION ALL SELECT 'ATTRIBUTIONS_REJETEES', t.territoire || t.guichet,
        (t.survenu_le AT TIME ZONE 'Europe/Paris')::date, 1
    FROM tentative_refusee t WHERE t.acte = 'CONSIGNER_ATTRIBUTION' AND NOT EXISTS (SELECT FROM attribution a
            WHERE a.demande_id = t.demande_id AND NOT a.retrait AND a.survenu_le > t.survenu_le)
        OR t.acte = 'RADIER_ATTRIBUTION' AND NOT EXISTS (SELECT FROM radiation r
            WHERE r.demande_id = t.demande_id AND r.motif = 'RADATT' AND r.survenu_le > t.survenu_le)
    UNION ALL SELECT 'PIECES_RECUES', territoire || guichet, (survenu_le AT TIME ZONE 'Europe/Paris')::date, 1
    FROM piece WHERE document IS NOT NULL
    UNION ALL SELECT 'ATTENTE_JOURS=' || bail_signe_le - date_depot, territoire || guichet, bail_signe_le, 1 FROM logees
    UNION ALL SELECT 'DECISIONS_' || code, territoire || guichet, jour, 1 FROM decision_caleol e
    WHERE NOT retrait AND NOT EXISTS (SELECT FROM decision_caleol x WHERE x.remplace_id = e.id)
    UNION ALL SELECT 'ATTRIBUTIONS_CONSIGNEES', territoire || guichet, jour, 1 FROM en_vigueur
    UNION ALL SELECT 'EVENEMENTS', territoire || guichet, jour, 1 FROM evenement e
    WHERE NOT retrait AND NOT EXISTS (SELECT FROM evenement x WHERE x.remplace_id = e.id)
    UNION ALL SELECT 'DECISIONS', territoire || guichet, jour, 1 FROM decision_caleol e
    WHERE NOT retrait AND NOT EXISTS (SELECT FROM decision_caleol x WHERE x.remplace_id = e.id)
    UNION ALL SELECT 'RADIATIONS', territoire || guichet, date_radiation, 1 FROM radiation
    UNION ALL SELECT 'RADIATIONS_' || motif, territoire || guichet, date_radiation, 1 FROM radiation
)
SELECT f.a, f.b, date_trunc('month', f.c)::date, sum(f.d)::integer FROM faits f(a, b, c, d)
GROUP BY 1, 2, 3 HAVING sum(f.d) <> 0
"""
TEMOINS = (
    "DEPOTS", "IDENTITES_FOURNIES", "ATTRIBUTIONS", "ATTRIBUTIONS_ETAT", "ATTRIBUTIONS_DELAI_JOURS",
    "ATTRIBUTIONS_ANCIENNETE_30J", "ATTRIBUTIONS_SANS_AVIS", "ATTRIBUTIONS_CONSIGNEES", "EVENEMENTS", "DECISIONS",
    "RADIATIONS", "RADIATIONS_RADATT", "RADIATIONS_RADABA", "ATTRIBUTIONS_SANS_BAIL", "BAUX_NON_RADIES",
    "ATTRIBUTIONS_REJETEES", "PIECES_RECUES", "DECISIONS_ATTR", "DECISIONS_ATTR_RANG", "ATTENTE_JOURS",
    "CONDITIONS_DEPASSEES", "DECISIONS_SANS_SUITE", "DECISIONS_ATTR_SUSP", "ATTRIBUTIONS_QPV", "ATTRIBUTIONS_HORS_QPV",
)  # fmt: skip


def compter() -> dict[tuple[str, str, object], int]:
    """(measure, counter, month) → count, from the register as it is now."""
    with connection.cursor() as curseur:
        curseur.execute(ORACLE)
        return {(mesure, guichet, mois): n for mesure, guichet, mois, n in curseur.fetchall()}
