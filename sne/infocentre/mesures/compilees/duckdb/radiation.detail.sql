-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
  COALESCE(
    SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "RADIATIONS",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'RADATT' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_RADATT",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'RADABA' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_RADABA",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'RADCON' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_RADCON",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'RADIRR' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_RADIRR",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'RADREN' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_RADREN",
  COALESCE(
    SUM(
      CASE WHEN "t0"."motif" = 'FUSION' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "RADIATIONS_FUSION"
FROM "radiation" AS "t0"
GROUP BY
  1,
  2
