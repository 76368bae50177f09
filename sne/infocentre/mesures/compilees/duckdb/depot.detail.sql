-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."cle",
  "t0"."jour",
  COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "DEPOTS",
  COALESCE(
    SUM(
      CASE WHEN NOT (
        "t0"."physique"
      ) THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "DEPOTS_ASSOCIATIONS",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."canal" = 'GUICHET'
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_GUICHET",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."canal" = 'PGP'
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_PGP",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."canal" = 'INTERFACE'
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_INTERFACE",
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
  ) AS "DEPOTS_SANS_RFR",
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
  ) AS "DEPOTS_RESSOURCES_INCONNUES",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."ressources" = 'ZERO'
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_RESSOURCES_ZERO",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."personnes" = 1
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_1_PERSONNE",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique"
        AND (
          (
            "t0"."personnes" = 1
          ) AND "t0"."type_min" IN ('T3', 'T4', 'T5', 'T6P')
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_1_PERSONNE_T3",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique" AND (
          "t0"."retard_jours" > 30
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_RETARD_30J",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."physique"
        AND (
          "t0"."rfr_connu"
          AND (
            "t0"."ressources" <> 'INCONNU'
          )
          AND (
            "t0"."commune1" <> ''
          )
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "DEPOTS_COMPLETS",
  COALESCE(SUM(CASE WHEN "t0"."physique" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "RETARD_JOURS"
FROM "depot" AS "t0"
GROUP BY
  1,
  2
