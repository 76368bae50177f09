-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`quoi` = 'CONDITION', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `CONDITIONS_DEPASSEES`,
  COALESCE(SUM(IF(`t0`.`quoi` = 'DECISION', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_SANS_SUITE`
FROM `decision_sans_suite` AS `t0`
GROUP BY
  1,
  2
