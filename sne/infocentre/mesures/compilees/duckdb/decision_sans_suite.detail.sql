-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
  COALESCE(
    SUM(
      CASE WHEN "t0"."quoi" = 'CONDITION' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "CONDITIONS_DEPASSEES",
  COALESCE(
    SUM(
      CASE WHEN "t0"."quoi" = 'DECISION' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "DECISIONS_SANS_SUITE"
FROM "decision_sans_suite" AS "t0"
GROUP BY
  1,
  2
