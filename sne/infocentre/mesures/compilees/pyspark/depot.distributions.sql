-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t0`.`territoire`,
      'GUICHET' AS `axe`,
      `t0`.`guichet` AS `ligne`,
      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
      CONCAT('RETARD_JOURS=', CAST(`t0`.`retard_jours` AS STRING)) AS `mesure`,
      COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
    FROM `depot` AS `t0`
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS `t2`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t0`.`territoire`,
      'COMMUNE' AS `axe`,
      `t0`.`commune1` AS `ligne`,
      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
      CONCAT('RETARD_JOURS=', CAST(`t0`.`retard_jours` AS STRING)) AS `mesure`,
      COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
    FROM `depot` AS `t0`
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS `t3`
) AS `t4`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t0`.`territoire`,
    'CANAL' AS `axe`,
    `t0`.`canal` AS `ligne`,
    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
    CONCAT('RETARD_JOURS=', CAST(`t0`.`retard_jours` AS STRING)) AS `mesure`,
    COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
  FROM `depot` AS `t0`
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS `t1`
