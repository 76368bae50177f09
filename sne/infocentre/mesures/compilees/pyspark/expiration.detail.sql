-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `EXPIRATIONS`
FROM `expiration` AS `t0`
GROUP BY
  1,
  2
