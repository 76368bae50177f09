-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
  COALESCE(
    SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "BAUX_NON_RADIES"
FROM "bail_non_radie" AS "t0"
GROUP BY
  1,
  2
