-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
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
  2
