-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`territoire`,
  `t0`.`guichet`,
  DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
  COALESCE(SUM(IF(`t0`.`issue` <> 'RADIEE_AVANT', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES`,
  COALESCE(SUM(IF(`t0`.`issue` = 'AVANT', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_AVANT`,
  COALESCE(SUM(IF(`t0`.`issue` = 'TOLERANCE', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_TOLERANCE`,
  COALESCE(SUM(IF(`t0`.`issue` = 'APRES_RADIATION', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_APRES_RADIATION`,
  COALESCE(SUM(IF(`t0`.`issue` = 'JAMAIS', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_JAMAIS`,
  COALESCE(SUM(IF(`t0`.`issue` = 'AUTREMENT', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_AUTREMENT`,
  COALESCE(SUM(IF(`t0`.`issue` = 'EN_ATTENTE', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ECHEANCES_EN_ATTENTE`,
  COALESCE(
    SUM(
      IF(
        `t0`.`sans_lecteur` AND (
          `t0`.`issue` <> 'RADIEE_AVANT'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `ECHEANCES_SANS_LECTEUR`
FROM `echeance` AS `t0`
GROUP BY
  1,
  2,
  3
