-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DEPOTS`,
  COALESCE(SUM(IF(NOT (
    `t0`.`physique`
  ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `DEPOTS_ASSOCIATIONS`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`canal` = 'GUICHET'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_GUICHET`,
  COALESCE(
    SUM(
      IF(`t0`.`physique` AND (
        `t0`.`canal` = 'PGP'
      ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)
    ),
    0
  ) AS `DEPOTS_PGP`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`canal` = 'INTERFACE'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_INTERFACE`,
  COALESCE(
    SUM(
      IF(`t0`.`physique` AND NOT (
        `t0`.`rfr_connu`
      ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)
    ),
    0
  ) AS `DEPOTS_SANS_RFR`,
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
  ) AS `DEPOTS_RESSOURCES_INCONNUES`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`ressources` = 'ZERO'
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_RESSOURCES_ZERO`,
  COALESCE(
    SUM(
      IF(`t0`.`physique` AND (
        `t0`.`personnes` = 1
      ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)
    ),
    0
  ) AS `DEPOTS_1_PERSONNE`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique`
        AND (
          (
            `t0`.`personnes` = 1
          ) AND `t0`.`type_min` IN ('T3', 'T4', 'T5', 'T6P')
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_1_PERSONNE_T3`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique` AND (
          `t0`.`retard_jours` > 30
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_RETARD_30J`,
  COALESCE(
    SUM(
      IF(
        `t0`.`physique`
        AND (
          `t0`.`rfr_connu`
          AND (
            `t0`.`ressources` <> 'INCONNU'
          )
          AND (
            `t0`.`commune1` <> ''
          )
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `DEPOTS_COMPLETS`,
  COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RETARD_JOURS`
FROM `depot` AS `t0`
GROUP BY
  1,
  2
