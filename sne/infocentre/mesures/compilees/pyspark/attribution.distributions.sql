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
                                    CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                                    COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                                  FROM `attribution` AS `t0`
                                  GROUP BY
                                    1,
                                    2,
                                    3,
                                    4,
                                    5
                                ) AS `t17`
                                UNION ALL
                                SELECT
                                  *
                                FROM (
                                  SELECT
                                    `t0`.`territoire`,
                                    'BAILLEUR' AS `axe`,
                                    `t0`.`bailleur` AS `ligne`,
                                    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                                    CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                                    COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                                  FROM `attribution` AS `t0`
                                  GROUP BY
                                    1,
                                    2,
                                    3,
                                    4,
                                    5
                                ) AS `t18`
                              ) AS `t19`
                              UNION ALL
                              SELECT
                                *
                              FROM (
                                SELECT
                                  `t0`.`territoire`,
                                  'COMMUNE' AS `axe`,
                                  `t0`.`commune` AS `ligne`,
                                  DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                                  CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                                  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                                FROM `attribution` AS `t0`
                                GROUP BY
                                  1,
                                  2,
                                  3,
                                  4,
                                  5
                              ) AS `t16`
                            ) AS `t20`
                            UNION ALL
                            SELECT
                              *
                            FROM (
                              SELECT
                                `t0`.`territoire`,
                                'CIBLE' AS `axe`,
                                `t0`.`cible` AS `ligne`,
                                DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                                CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                                COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                              FROM `attribution` AS `t0`
                              GROUP BY
                                1,
                                2,
                                3,
                                4,
                                5
                            ) AS `t15`
                          ) AS `t21`
                          UNION ALL
                          SELECT
                            *
                          FROM (
                            SELECT
                              `t0`.`territoire`,
                              'MUTATION' AS `axe`,
                              `t0`.`mutation` AS `ligne`,
                              DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                              CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                              COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                            FROM `attribution` AS `t0`
                            GROUP BY
                              1,
                              2,
                              3,
                              4,
                              5
                          ) AS `t14`
                        ) AS `t22`
                        UNION ALL
                        SELECT
                          *
                        FROM (
                          SELECT
                            `t0`.`territoire`,
                            'CONTINGENT' AS `axe`,
                            `t0`.`contingent` AS `ligne`,
                            DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                            CONCAT('ATTENTE_JOURS=', CAST(`t0`.`anciennete_jours` AS STRING)) AS `mesure`,
                            COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                          FROM `attribution` AS `t0`
                          GROUP BY
                            1,
                            2,
                            3,
                            4,
                            5
                        ) AS `t13`
                      ) AS `t23`
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          `t0`.`territoire`,
                          'GUICHET' AS `axe`,
                          `t0`.`guichet` AS `ligne`,
                          DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                          CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                          COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                        FROM `attribution` AS `t0`
                        GROUP BY
                          1,
                          2,
                          3,
                          4,
                          5
                      ) AS `t12`
                    ) AS `t24`
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        `t0`.`territoire`,
                        'BAILLEUR' AS `axe`,
                        `t0`.`bailleur` AS `ligne`,
                        DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                        CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                        COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                      FROM `attribution` AS `t0`
                      GROUP BY
                        1,
                        2,
                        3,
                        4,
                        5
                    ) AS `t11`
                  ) AS `t25`
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t0`.`territoire`,
                      'COMMUNE' AS `axe`,
                      `t0`.`commune` AS `ligne`,
                      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                      CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                      COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                    FROM `attribution` AS `t0`
                    GROUP BY
                      1,
                      2,
                      3,
                      4,
                      5
                  ) AS `t10`
                ) AS `t26`
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    `t0`.`territoire`,
                    'CIBLE' AS `axe`,
                    `t0`.`cible` AS `ligne`,
                    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                    CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                    COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                  FROM `attribution` AS `t0`
                  GROUP BY
                    1,
                    2,
                    3,
                    4,
                    5
                ) AS `t9`
              ) AS `t27`
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  `t0`.`territoire`,
                  'MUTATION' AS `axe`,
                  `t0`.`mutation` AS `ligne`,
                  DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                  CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
                FROM `attribution` AS `t0`
                GROUP BY
                  1,
                  2,
                  3,
                  4,
                  5
              ) AS `t8`
            ) AS `t28`
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                `t0`.`territoire`,
                'CONTINGENT' AS `axe`,
                `t0`.`contingent` AS `ligne`,
                DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
                CONCAT('COMMISSION_JOURS=', CAST(`t0`.`commission_jours` AS STRING)) AS `mesure`,
                COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
              FROM `attribution` AS `t0`
              GROUP BY
                1,
                2,
                3,
                4,
                5
            ) AS `t7`
          ) AS `t29`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t0`.`territoire`,
              'GUICHET' AS `axe`,
              `t0`.`guichet` AS `ligne`,
              DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
              CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
              COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
            FROM `attribution` AS `t0`
            GROUP BY
              1,
              2,
              3,
              4,
              5
          ) AS `t6`
        ) AS `t30`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t0`.`territoire`,
            'BAILLEUR' AS `axe`,
            `t0`.`bailleur` AS `ligne`,
            DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
            CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
            COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
          FROM `attribution` AS `t0`
          GROUP BY
            1,
            2,
            3,
            4,
            5
        ) AS `t5`
      ) AS `t31`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t0`.`territoire`,
          'COMMUNE' AS `axe`,
          `t0`.`commune` AS `ligne`,
          DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
          CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
          COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
        FROM `attribution` AS `t0`
        GROUP BY
          1,
          2,
          3,
          4,
          5
      ) AS `t4`
    ) AS `t32`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t0`.`territoire`,
        'CIBLE' AS `axe`,
        `t0`.`cible` AS `ligne`,
        DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
        CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
        COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
      FROM `attribution` AS `t0`
      GROUP BY
        1,
        2,
        3,
        4,
        5
    ) AS `t3`
  ) AS `t33`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t0`.`territoire`,
      'MUTATION' AS `axe`,
      `t0`.`mutation` AS `ligne`,
      DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
      CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
      COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
    FROM `attribution` AS `t0`
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS `t2`
) AS `t34`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t0`.`territoire`,
    'CONTINGENT' AS `axe`,
    `t0`.`contingent` AS `ligne`,
    DATE_TRUNC('month', `t0`.`jour`) AS `mois`,
    CONCAT('RADIATION_JOURS=', CAST(`t0`.`delai_jours` AS STRING)) AS `mesure`,
    COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `valeur`
  FROM `attribution` AS `t0`
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS `t1`
