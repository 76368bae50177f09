-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      *
                    FROM (
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
                            CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                            COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                          FROM `stock` AS `t0`
                          GROUP BY
                            1,
                            2,
                            3,
                            4,
                            5
                        ) AS `t13`
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            `t0`.`territoire`,
                            'COMMUNE' AS `axe`,
                            `t0`.`commune1` AS `ligne`,
                            DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                            CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                            COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                          FROM `stock` AS `t0`
                          GROUP BY
                            1,
                            2,
                            3,
                            4,
                            5
                        ) AS `t14`
                      ) AS `t15`
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          `t0`.`territoire`,
                          'CIBLE' AS `axe`,
                          `t0`.`cible` AS `ligne`,
                          DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                          CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                          COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                        FROM `stock` AS `t0`
                        GROUP BY
                          1,
                          2,
                          3,
                          4,
                          5
                      ) AS `t12`
                    ) AS `t16`
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        `t0`.`territoire`,
                        'MUTATION' AS `axe`,
                        `t0`.`mutation` AS `ligne`,
                        DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                        CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                        COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                      FROM `stock` AS `t0`
                      GROUP BY
                        1,
                        2,
                        3,
                        4,
                        5
                    ) AS `t11`
                  ) AS `t17`
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t0`.`territoire`,
                      'PERSONNES' AS `axe`,
                      `t0`.`personnes` AS `ligne`,
                      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                      CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                      COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                    FROM `stock` AS `t0`
                    GROUP BY
                      1,
                      2,
                      3,
                      4,
                      5
                  ) AS `t10`
                ) AS `t18`
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    `t0`.`territoire`,
                    'COMPOSITION' AS `axe`,
                    `t0`.`composition` AS `ligne`,
                    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                    CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                    COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                  FROM `stock` AS `t0`
                  GROUP BY
                    1,
                    2,
                    3,
                    4,
                    5
                ) AS `t9`
              ) AS `t19`
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  `t0`.`territoire`,
                  'AGE' AS `axe`,
                  `t0`.`age` AS `ligne`,
                  DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                  CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                  COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                FROM `stock` AS `t0`
                GROUP BY
                  1,
                  2,
                  3,
                  4,
                  5
              ) AS `t8`
            ) AS `t20`
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                `t0`.`territoire`,
                'TYPE_LOGEMENT' AS `axe`,
                `t0`.`type_min` AS `ligne`,
                DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
                COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
              FROM `stock` AS `t0`
              GROUP BY
                1,
                2,
                3,
                4,
                5
            ) AS `t7`
          ) AS `t21`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t0`.`territoire`,
              'RESSOURCES' AS `axe`,
              `t0`.`ressources` AS `ligne`,
              DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
              CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
              COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
            FROM `stock` AS `t0`
            GROUP BY
              1,
              2,
              3,
              4,
              5
          ) AS `t6`
        ) AS `t22`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t0`.`territoire`,
            'ACTIVITE' AS `axe`,
            `t0`.`activite` AS `ligne`,
            DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
            CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
            COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
          FROM `stock` AS `t0`
          GROUP BY
            1,
            2,
            3,
            4,
            5
        ) AS `t5`
      ) AS `t23`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t0`.`territoire`,
          'LOGEMENT' AS `axe`,
          `t0`.`logement` AS `ligne`,
          DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
          CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
          COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
        FROM `stock` AS `t0`
        GROUP BY
          1,
          2,
          3,
          4,
          5
      ) AS `t4`
    ) AS `t24`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t0`.`territoire`,
        'MOTIF' AS `axe`,
        `t0`.`motif1` AS `ligne`,
        DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
        CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
        COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
      FROM `stock` AS `t0`
      GROUP BY
        1,
        2,
        3,
        4,
        5
    ) AS `t3`
  ) AS `t25`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t0`.`territoire`,
      'COMMUNES' AS `axe`,
      `t0`.`communes` AS `ligne`,
      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
      CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
      COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
    FROM `stock` AS `t0`
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS `t2`
) AS `t26`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t0`.`territoire`,
    'AUTRES_COMMUNES' AS `axe`,
    `t0`.`autres_communes` AS `ligne`,
    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
    CONCAT('ANCIENNETE_MOIS=', CAST(`t0`.`depot_mois` AS STRING)) AS `mesure`,
    COALESCE(SUM(IF(`t0`.`physique`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
  FROM `stock` AS `t0`
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS `t1`
