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
                          "t0"."territoire",
                          'COMMUNE' AS "axe",
                          "t0"."commune1" AS "ligne",
                          DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                          COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                          COALESCE(
                            SUM(
                              CASE WHEN NOT (
                                "t0"."physique"
                              ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                            ),
                            0
                          ) AS "STOCK_ASSOCIATIONS",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."mutation" = 'OUI'
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_MUTATIONS",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND "t0"."tolerance"
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_TOLERANCE",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND "t0"."dalo"
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_DALO",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND NOT (
                                  "t0"."rfr_connu"
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_SANS_RFR",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."ressources" = 'INCONNU'
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_RESSOURCES_INCONNUES",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."commune1" = ''
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_SANS_COMMUNE",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique"
                                AND (
                                  (
                                    (
                                      "t0"."personnes" = '1'
                                    ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                                  )
                                  OR (
                                    "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                                  )
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_TYPE_INCOHERENT"
                        FROM "stock" AS "t0"
                        GROUP BY
                          1,
                          2,
                          3,
                          4
                      ) AS "t12"
                      UNION ALL
                      SELECT
                        *
                      FROM (
                        SELECT
                          "t0"."territoire",
                          'CIBLE' AS "axe",
                          "t0"."cible" AS "ligne",
                          DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                          COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                          COALESCE(
                            SUM(
                              CASE WHEN NOT (
                                "t0"."physique"
                              ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                            ),
                            0
                          ) AS "STOCK_ASSOCIATIONS",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."mutation" = 'OUI'
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_MUTATIONS",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND "t0"."tolerance"
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_TOLERANCE",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND "t0"."dalo"
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_DALO",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND NOT (
                                  "t0"."rfr_connu"
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_SANS_RFR",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."ressources" = 'INCONNU'
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_RESSOURCES_INCONNUES",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique" AND (
                                  "t0"."commune1" = ''
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_SANS_COMMUNE",
                          COALESCE(
                            SUM(
                              CASE
                                WHEN "t0"."physique"
                                AND (
                                  (
                                    (
                                      "t0"."personnes" = '1'
                                    ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                                  )
                                  OR (
                                    "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                                  )
                                )
                                THEN CAST("t0"."signe" AS BIGINT) * 1
                                ELSE 0
                              END
                            ),
                            0
                          ) AS "STOCK_TYPE_INCOHERENT"
                        FROM "stock" AS "t0"
                        GROUP BY
                          1,
                          2,
                          3,
                          4
                      ) AS "t13"
                    ) AS "t14"
                    UNION ALL
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t0"."territoire",
                        'MUTATION' AS "axe",
                        "t0"."mutation" AS "ligne",
                        DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                        COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                        COALESCE(
                          SUM(
                            CASE WHEN NOT (
                              "t0"."physique"
                            ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                          ),
                          0
                        ) AS "STOCK_ASSOCIATIONS",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND (
                                "t0"."mutation" = 'OUI'
                              )
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_MUTATIONS",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND "t0"."tolerance"
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_TOLERANCE",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND "t0"."dalo"
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_DALO",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND NOT (
                                "t0"."rfr_connu"
                              )
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_SANS_RFR",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND (
                                "t0"."ressources" = 'INCONNU'
                              )
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_RESSOURCES_INCONNUES",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique" AND (
                                "t0"."commune1" = ''
                              )
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_SANS_COMMUNE",
                        COALESCE(
                          SUM(
                            CASE
                              WHEN "t0"."physique"
                              AND (
                                (
                                  (
                                    "t0"."personnes" = '1'
                                  ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                                )
                                OR (
                                  "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                                )
                              )
                              THEN CAST("t0"."signe" AS BIGINT) * 1
                              ELSE 0
                            END
                          ),
                          0
                        ) AS "STOCK_TYPE_INCOHERENT"
                      FROM "stock" AS "t0"
                      GROUP BY
                        1,
                        2,
                        3,
                        4
                    ) AS "t11"
                  ) AS "t15"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t0"."territoire",
                      'PERSONNES' AS "axe",
                      "t0"."personnes" AS "ligne",
                      DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                      COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                      COALESCE(
                        SUM(
                          CASE WHEN NOT (
                            "t0"."physique"
                          ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                        ),
                        0
                      ) AS "STOCK_ASSOCIATIONS",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND (
                              "t0"."mutation" = 'OUI'
                            )
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_MUTATIONS",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND "t0"."tolerance"
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_TOLERANCE",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND "t0"."dalo"
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_DALO",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND NOT (
                              "t0"."rfr_connu"
                            )
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_SANS_RFR",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND (
                              "t0"."ressources" = 'INCONNU'
                            )
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_RESSOURCES_INCONNUES",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique" AND (
                              "t0"."commune1" = ''
                            )
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_SANS_COMMUNE",
                      COALESCE(
                        SUM(
                          CASE
                            WHEN "t0"."physique"
                            AND (
                              (
                                (
                                  "t0"."personnes" = '1'
                                ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                              )
                              OR (
                                "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                              )
                            )
                            THEN CAST("t0"."signe" AS BIGINT) * 1
                            ELSE 0
                          END
                        ),
                        0
                      ) AS "STOCK_TYPE_INCOHERENT"
                    FROM "stock" AS "t0"
                    GROUP BY
                      1,
                      2,
                      3,
                      4
                  ) AS "t10"
                ) AS "t16"
                UNION ALL
                SELECT
                  *
                FROM (
                  SELECT
                    "t0"."territoire",
                    'COMPOSITION' AS "axe",
                    "t0"."composition" AS "ligne",
                    DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                    COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                    COALESCE(
                      SUM(
                        CASE WHEN NOT (
                          "t0"."physique"
                        ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                      ),
                      0
                    ) AS "STOCK_ASSOCIATIONS",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND (
                            "t0"."mutation" = 'OUI'
                          )
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_MUTATIONS",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND "t0"."tolerance"
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_TOLERANCE",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND "t0"."dalo"
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_DALO",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND NOT (
                            "t0"."rfr_connu"
                          )
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_SANS_RFR",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND (
                            "t0"."ressources" = 'INCONNU'
                          )
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_RESSOURCES_INCONNUES",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique" AND (
                            "t0"."commune1" = ''
                          )
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_SANS_COMMUNE",
                    COALESCE(
                      SUM(
                        CASE
                          WHEN "t0"."physique"
                          AND (
                            (
                              (
                                "t0"."personnes" = '1'
                              ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                            )
                            OR (
                              "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                            )
                          )
                          THEN CAST("t0"."signe" AS BIGINT) * 1
                          ELSE 0
                        END
                      ),
                      0
                    ) AS "STOCK_TYPE_INCOHERENT"
                  FROM "stock" AS "t0"
                  GROUP BY
                    1,
                    2,
                    3,
                    4
                ) AS "t9"
              ) AS "t17"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t0"."territoire",
                  'AGE' AS "axe",
                  "t0"."age" AS "ligne",
                  DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                  COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                  COALESCE(
                    SUM(
                      CASE WHEN NOT (
                        "t0"."physique"
                      ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                    ),
                    0
                  ) AS "STOCK_ASSOCIATIONS",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND (
                          "t0"."mutation" = 'OUI'
                        )
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_MUTATIONS",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND "t0"."tolerance"
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_TOLERANCE",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND "t0"."dalo"
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_DALO",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND NOT (
                          "t0"."rfr_connu"
                        )
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_SANS_RFR",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND (
                          "t0"."ressources" = 'INCONNU'
                        )
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_RESSOURCES_INCONNUES",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique" AND (
                          "t0"."commune1" = ''
                        )
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_SANS_COMMUNE",
                  COALESCE(
                    SUM(
                      CASE
                        WHEN "t0"."physique"
                        AND (
                          (
                            (
                              "t0"."personnes" = '1'
                            ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                          )
                          OR (
                            "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                          )
                        )
                        THEN CAST("t0"."signe" AS BIGINT) * 1
                        ELSE 0
                      END
                    ),
                    0
                  ) AS "STOCK_TYPE_INCOHERENT"
                FROM "stock" AS "t0"
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS "t8"
            ) AS "t18"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t0"."territoire",
                'TYPE_LOGEMENT' AS "axe",
                "t0"."type_min" AS "ligne",
                DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
                COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
                COALESCE(
                  SUM(
                    CASE WHEN NOT (
                      "t0"."physique"
                    ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                  ),
                  0
                ) AS "STOCK_ASSOCIATIONS",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND (
                        "t0"."mutation" = 'OUI'
                      )
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_MUTATIONS",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND "t0"."tolerance"
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_TOLERANCE",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND "t0"."dalo"
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_DALO",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND NOT (
                        "t0"."rfr_connu"
                      )
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_SANS_RFR",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND (
                        "t0"."ressources" = 'INCONNU'
                      )
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_RESSOURCES_INCONNUES",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique" AND (
                        "t0"."commune1" = ''
                      )
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_SANS_COMMUNE",
                COALESCE(
                  SUM(
                    CASE
                      WHEN "t0"."physique"
                      AND (
                        (
                          (
                            "t0"."personnes" = '1'
                          ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                        )
                        OR (
                          "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                        )
                      )
                      THEN CAST("t0"."signe" AS BIGINT) * 1
                      ELSE 0
                    END
                  ),
                  0
                ) AS "STOCK_TYPE_INCOHERENT"
              FROM "stock" AS "t0"
              GROUP BY
                1,
                2,
                3,
                4
            ) AS "t7"
          ) AS "t19"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t0"."territoire",
              'RESSOURCES' AS "axe",
              "t0"."ressources" AS "ligne",
              DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
              COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
              COALESCE(
                SUM(
                  CASE WHEN NOT (
                    "t0"."physique"
                  ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
                ),
                0
              ) AS "STOCK_ASSOCIATIONS",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND (
                      "t0"."mutation" = 'OUI'
                    )
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_MUTATIONS",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND "t0"."tolerance"
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_TOLERANCE",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND "t0"."dalo"
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_DALO",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND NOT (
                      "t0"."rfr_connu"
                    )
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_SANS_RFR",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND (
                      "t0"."ressources" = 'INCONNU'
                    )
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_RESSOURCES_INCONNUES",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique" AND (
                      "t0"."commune1" = ''
                    )
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_SANS_COMMUNE",
              COALESCE(
                SUM(
                  CASE
                    WHEN "t0"."physique"
                    AND (
                      (
                        (
                          "t0"."personnes" = '1'
                        ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                      )
                      OR (
                        "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                      )
                    )
                    THEN CAST("t0"."signe" AS BIGINT) * 1
                    ELSE 0
                  END
                ),
                0
              ) AS "STOCK_TYPE_INCOHERENT"
            FROM "stock" AS "t0"
            GROUP BY
              1,
              2,
              3,
              4
          ) AS "t6"
        ) AS "t20"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t0"."territoire",
            'ACTIVITE' AS "axe",
            "t0"."activite" AS "ligne",
            DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
            COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
            COALESCE(
              SUM(
                CASE WHEN NOT (
                  "t0"."physique"
                ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
              ),
              0
            ) AS "STOCK_ASSOCIATIONS",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND (
                    "t0"."mutation" = 'OUI'
                  )
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_MUTATIONS",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND "t0"."tolerance"
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_TOLERANCE",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND "t0"."dalo"
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_DALO",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND NOT (
                    "t0"."rfr_connu"
                  )
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_SANS_RFR",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND (
                    "t0"."ressources" = 'INCONNU'
                  )
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_RESSOURCES_INCONNUES",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique" AND (
                    "t0"."commune1" = ''
                  )
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_SANS_COMMUNE",
            COALESCE(
              SUM(
                CASE
                  WHEN "t0"."physique"
                  AND (
                    (
                      (
                        "t0"."personnes" = '1'
                      ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                    )
                    OR (
                      "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                    )
                  )
                  THEN CAST("t0"."signe" AS BIGINT) * 1
                  ELSE 0
                END
              ),
              0
            ) AS "STOCK_TYPE_INCOHERENT"
          FROM "stock" AS "t0"
          GROUP BY
            1,
            2,
            3,
            4
        ) AS "t5"
      ) AS "t21"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t0"."territoire",
          'LOGEMENT' AS "axe",
          "t0"."logement" AS "ligne",
          DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
          COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
          COALESCE(
            SUM(
              CASE WHEN NOT (
                "t0"."physique"
              ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
            ),
            0
          ) AS "STOCK_ASSOCIATIONS",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND (
                  "t0"."mutation" = 'OUI'
                )
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_MUTATIONS",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND "t0"."tolerance"
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_TOLERANCE",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND "t0"."dalo"
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_DALO",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND NOT (
                  "t0"."rfr_connu"
                )
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_SANS_RFR",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND (
                  "t0"."ressources" = 'INCONNU'
                )
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_RESSOURCES_INCONNUES",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique" AND (
                  "t0"."commune1" = ''
                )
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_SANS_COMMUNE",
          COALESCE(
            SUM(
              CASE
                WHEN "t0"."physique"
                AND (
                  (
                    (
                      "t0"."personnes" = '1'
                    ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                  )
                  OR (
                    "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                  )
                )
                THEN CAST("t0"."signe" AS BIGINT) * 1
                ELSE 0
              END
            ),
            0
          ) AS "STOCK_TYPE_INCOHERENT"
        FROM "stock" AS "t0"
        GROUP BY
          1,
          2,
          3,
          4
      ) AS "t4"
    ) AS "t22"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."territoire",
        'MOTIF' AS "axe",
        "t0"."motif1" AS "ligne",
        DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
        COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
        COALESCE(
          SUM(
            CASE WHEN NOT (
              "t0"."physique"
            ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
          ),
          0
        ) AS "STOCK_ASSOCIATIONS",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND (
                "t0"."mutation" = 'OUI'
              )
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_MUTATIONS",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND "t0"."tolerance"
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_TOLERANCE",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND "t0"."dalo"
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_DALO",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND NOT (
                "t0"."rfr_connu"
              )
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_SANS_RFR",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND (
                "t0"."ressources" = 'INCONNU'
              )
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_RESSOURCES_INCONNUES",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique" AND (
                "t0"."commune1" = ''
              )
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_SANS_COMMUNE",
        COALESCE(
          SUM(
            CASE
              WHEN "t0"."physique"
              AND (
                (
                  (
                    "t0"."personnes" = '1'
                  ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
                )
                OR (
                  "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
                )
              )
              THEN CAST("t0"."signe" AS BIGINT) * 1
              ELSE 0
            END
          ),
          0
        ) AS "STOCK_TYPE_INCOHERENT"
      FROM "stock" AS "t0"
      GROUP BY
        1,
        2,
        3,
        4
    ) AS "t3"
  ) AS "t23"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t0"."territoire",
      'COMMUNES' AS "axe",
      "t0"."communes" AS "ligne",
      DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
      COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
      COALESCE(
        SUM(
          CASE WHEN NOT (
            "t0"."physique"
          ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
        ),
        0
      ) AS "STOCK_ASSOCIATIONS",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND (
              "t0"."mutation" = 'OUI'
            )
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_MUTATIONS",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND "t0"."tolerance"
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_TOLERANCE",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND "t0"."dalo"
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_DALO",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND NOT (
              "t0"."rfr_connu"
            )
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_SANS_RFR",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND (
              "t0"."ressources" = 'INCONNU'
            )
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_RESSOURCES_INCONNUES",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique" AND (
              "t0"."commune1" = ''
            )
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_SANS_COMMUNE",
      COALESCE(
        SUM(
          CASE
            WHEN "t0"."physique"
            AND (
              (
                (
                  "t0"."personnes" = '1'
                ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
              )
              OR (
                "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
              )
            )
            THEN CAST("t0"."signe" AS BIGINT) * 1
            ELSE 0
          END
        ),
        0
      ) AS "STOCK_TYPE_INCOHERENT"
    FROM "stock" AS "t0"
    GROUP BY
      1,
      2,
      3,
      4
  ) AS "t2"
) AS "t24"
UNION ALL
SELECT
  *
FROM (
  SELECT
    "t0"."territoire",
    'AUTRES_COMMUNES' AS "axe",
    "t0"."autres_communes" AS "ligne",
    DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
    COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "STOCK",
    COALESCE(
      SUM(
        CASE WHEN NOT (
          "t0"."physique"
        ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
      ),
      0
    ) AS "STOCK_ASSOCIATIONS",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND (
            "t0"."mutation" = 'OUI'
          )
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_MUTATIONS",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND "t0"."tolerance"
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_TOLERANCE",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND "t0"."dalo"
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_DALO",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND NOT (
            "t0"."rfr_connu"
          )
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_SANS_RFR",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND (
            "t0"."ressources" = 'INCONNU'
          )
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_RESSOURCES_INCONNUES",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique" AND (
            "t0"."commune1" = ''
          )
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_SANS_COMMUNE",
    COALESCE(
      SUM(
        CASE
          WHEN "t0"."physique"
          AND (
            (
              (
                "t0"."personnes" = '1'
              ) AND "t0"."type_min" IN ('T4', 'T5', 'T6P')
            )
            OR (
              "t0"."personnes" IN ('5', '6') AND "t0"."type_max" IN ('C', 'T1', 'T2')
            )
          )
          THEN CAST("t0"."signe" AS BIGINT) * 1
          ELSE 0
        END
      ),
      0
    ) AS "STOCK_TYPE_INCOHERENT"
  FROM "stock" AS "t0"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t1"
