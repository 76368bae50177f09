-- What each seal changed: the state that it made known, less the state known before.
, suites AS MATERIALIZED (
    SELECT demande, sceau, lag(sceau) OVER (PARTITION BY demande ORDER BY sceau) AS avant FROM instants
), mouvements AS (
    SELECT s.sceau AS scellement, {sens} AS signe, e.* FROM suites s JOIN etats e ON e.demande = s.demande AND e.sceau = s.sceau
    WHERE s.avant IS NOT NULL
    UNION ALL
    SELECT s.sceau, -{sens}, e.* FROM suites s JOIN etats e ON e.demande = s.demande AND e.sceau = s.avant
)
SELECT c.cle, f.territoire, f.guichet, f.jour, f.scellement, sum(f.signe)::smallint AS signe{propres}
FROM mouvements f JOIN cle_statistique c ON c.demande_id = f.demande
GROUP BY c.cle, f.territoire, f.guichet, f.jour, f.scellement{propres}
HAVING sum(f.signe) <> 0
