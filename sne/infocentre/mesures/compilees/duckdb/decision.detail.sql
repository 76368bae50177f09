-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
  COALESCE(
    SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "DECISIONS",
  COALESCE(
    SUM(CASE WHEN "t0"."prioritaire" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "DECISIONS_PRIORITAIRES",
  COALESCE(
    SUM(CASE WHEN "t0"."code" = 'ATTR' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "DECISIONS_ATTR",
  COALESCE(
    SUM(
      CASE WHEN "t0"."code" = 'ATTR_RANG' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "DECISIONS_ATTR_RANG",
  COALESCE(
    SUM(
      CASE WHEN "t0"."code" = 'ATTR_SUSP' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "DECISIONS_ATTR_SUSP",
  COALESCE(
    SUM(
      CASE WHEN "t0"."code" = 'NON_ATTR' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "DECISIONS_NON_ATTR",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."code" = 'IRRECEVABLE'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DECISIONS_IRRECEVABLE"
FROM "decision" AS "t0"
GROUP BY
  1,
  2
