-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS`,
  COALESCE(SUM(IF(`t0`.`prioritaire`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_PRIORITAIRES`,
  COALESCE(SUM(IF(`t0`.`code` = 'ATTR', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_ATTR`,
  COALESCE(SUM(IF(`t0`.`code` = 'ATTR_RANG', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_ATTR_RANG`,
  COALESCE(SUM(IF(`t0`.`code` = 'ATTR_SUSP', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_ATTR_SUSP`,
  COALESCE(SUM(IF(`t0`.`code` = 'NON_ATTR', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_NON_ATTR`,
  COALESCE(SUM(IF(`t0`.`code` = 'IRRECEVABLE', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DECISIONS_IRRECEVABLE`
FROM `decision` AS `t0`
GROUP BY
  1,
  2
