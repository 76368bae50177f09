-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `STOCK`,
  COALESCE(SUM(IF(NOT (
    `t0`.`physique`
  ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `STOCK_ASSOCIATIONS`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`mutation` = 'OUI'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `STOCK_MUTATIONS`,
  COALESCE(
    SUM(IF(`t0`.`physique` AND `t0`.`tolerance`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)),
    0
  ) AS `STOCK_TOLERANCE`,
  COALESCE(SUM(IF(`t0`.`physique` AND `t0`.`dalo`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `STOCK_DALO`,
  COALESCE(
    SUM(
      IF(`t0`.`physique` AND NOT (
        `t0`.`rfr_connu`
      ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)
    ),
    0
  ) AS `STOCK_SANS_RFR`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`ressources` = 'INCONNU'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `STOCK_RESSOURCES_INCONNUES`,
  COALESCE(
    SUM(
      IF(`t0`.`physique` AND (
        `t0`.`commune1` = ''
      ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)
    ),
    0
  ) AS `STOCK_SANS_COMMUNE`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique`
        AND (
          (
            (
              `t0`.`personnes` = '1'
            ) AND `t0`.`type_min` IN ('T4', 'T5', 'T6P')
          )
          OR (
            `t0`.`personnes` IN ('5', '6') AND `t0`.`type_max` IN ('C', 'T1', 'T2')
          )
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `STOCK_TYPE_INCOHERENT`,
  COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ANCIENNETE_MOIS`
FROM `stock` AS `t0`
GROUP BY
  1,
  2
