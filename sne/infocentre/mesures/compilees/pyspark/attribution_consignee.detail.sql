-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_CONSIGNEES`,
  COALESCE(SUM(IF(NOT (
    `t0`.`bail`
  ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_SANS_BAIL`
FROM `attribution_consignee` AS `t0`
GROUP BY
  1,
  2
