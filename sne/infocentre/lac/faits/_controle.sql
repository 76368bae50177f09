-- Acts of ]depuis, jusqua] whose row is missing, by verb; what was erased since has none any more.
SELECT e.verbe, count(*)
FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
JOIN demande d ON d.id = e.demande
WHERE p.scellement > %(depuis)s AND p.scellement <= %(jusqua)s AND d.statut <> 'PURGEE' AND NOT CASE e.verbe
    WHEN 'DEPOSER' THEN EXISTS (SELECT FROM version x WHERE x.demande_id = d.id AND x.numero = 1)
    WHEN 'RADIER' THEN EXISTS (SELECT FROM radiation x WHERE x.demande_id = d.id AND x.revision = e.revision)
    WHEN 'REACTIVER' THEN EXISTS (SELECT FROM reactivation x WHERE x.demande_id = d.id AND x.revision = e.revision)
    WHEN 'ANNULER' THEN EXISTS (SELECT FROM annulation x WHERE x.demande_id = d.id AND x.revision = e.revision)
    WHEN 'RETABLIR' THEN EXISTS (SELECT FROM retablissement x WHERE x.demande_id = d.id AND x.revision = e.revision)
    WHEN 'CONSIGNER_EVENEMENT' THEN EXISTS (SELECT FROM evenement x WHERE x.id = (e.faits ->> 'fait')::uuid)
    WHEN 'CONSIGNER_DECISION' THEN EXISTS (SELECT FROM decision_caleol x WHERE x.id = (e.faits ->> 'fait')::uuid)
    WHEN 'CONSIGNER_ATTRIBUTION' THEN EXISTS (SELECT FROM attribution x WHERE x.id = (e.faits ->> 'fait')::uuid)
    ELSE true END
GROUP BY 1 ORDER BY 1
