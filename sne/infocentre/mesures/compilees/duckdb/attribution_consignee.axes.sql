-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."territoire",
      'BAILLEUR' AS "axe",
      "t0"."bailleur" AS "ligne",
      DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
      COALESCE(
        SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
        0
      ) AS "ATTRIBUTIONS_CONSIGNEES",
      COALESCE(
        SUM(CASE WHEN NOT (
          "t0"."bail"
        ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
        0
      ) AS "ATTRIBUTIONS_SANS_BAIL"
    FROM "attribution_consignee" AS "t0"
    GROUP BY
      1,
      2,
      3,
      4
  ) AS "t2"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t0"."territoire",
      'COMMUNE' AS "axe",
      "t0"."commune" AS "ligne",
      DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
      COALESCE(
        SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
        0
      ) AS "ATTRIBUTIONS_CONSIGNEES",
      COALESCE(
        SUM(CASE WHEN NOT (
          "t0"."bail"
        ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
        0
      ) AS "ATTRIBUTIONS_SANS_BAIL"
    FROM "attribution_consignee" AS "t0"
    GROUP BY
      1,
      2,
      3,
      4
  ) AS "t3"
) AS "t4"
UNION ALL
SELECT
  *
FROM (
  SELECT
    "t0"."territoire",
    'CONTINGENT' AS "axe",
    "t0"."contingent" AS "ligne",
    DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
    COALESCE(
      SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
      0
    ) AS "ATTRIBUTIONS_CONSIGNEES",
    COALESCE(
      SUM(CASE WHEN NOT (
        "t0"."bail"
      ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
      0
    ) AS "ATTRIBUTIONS_SANS_BAIL"
  FROM "attribution_consignee" AS "t0"
  GROUP BY
    1,
    2,
    3,
    4
) AS "t1"
