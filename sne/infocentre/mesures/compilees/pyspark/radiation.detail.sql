-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS`,
  COALESCE(SUM(IF(`t0`.`motif` = 'RADATT', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_RADATT`,
  COALESCE(SUM(IF(`t0`.`motif` = 'RADABA', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_RADABA`,
  COALESCE(SUM(IF(`t0`.`motif` = 'RADCON', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_RADCON`,
  COALESCE(SUM(IF(`t0`.`motif` = 'RADIRR', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_RADIRR`,
  COALESCE(SUM(IF(`t0`.`motif` = 'RADREN', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_RADREN`,
  COALESCE(SUM(IF(`t0`.`motif` = 'FUSION', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATIONS_FUSION`
FROM `radiation` AS `t0`
GROUP BY
  1,
  2
