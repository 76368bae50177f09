-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."territoire",
  "t0"."guichet",
  DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."issue" <> 'RADIEE_AVANT'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES",
  COALESCE(
    SUM(
      CASE WHEN "t0"."issue" = 'AVANT' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ECHEANCES_AVANT",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."issue" = 'TOLERANCE'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES_TOLERANCE",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."issue" = 'APRES_RADIATION'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES_APRES_RADIATION",
  COALESCE(
    SUM(
      CASE WHEN "t0"."issue" = 'JAMAIS' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ECHEANCES_JAMAIS",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."issue" = 'AUTREMENT'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES_AUTREMENT",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."issue" = 'EN_ATTENTE'
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES_EN_ATTENTE",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."sans_lecteur" AND (
          "t0"."issue" <> 'RADIEE_AVANT'
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ECHEANCES_SANS_LECTEUR"
FROM "echeance" AS "t0"
GROUP BY
  1,
  2,
  3
