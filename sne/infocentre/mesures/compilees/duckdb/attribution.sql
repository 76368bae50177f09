-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  "t0"."territoire",
  "t0"."guichet",
  DATE_TRUNC('MONTH', "t0"."jour") AS "mois",
  COALESCE(
    SUM(CASE WHEN "t0"."signe" <> 0 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "ATTRIBUTIONS",
  COALESCE(SUM(CASE WHEN "t0"."etat" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "ATTRIBUTIONS_ETAT",
  COALESCE(
    SUM(CASE WHEN "t0"."rpls_valide" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "ATTRIBUTIONS_RPLS",
  COALESCE(
    SUM(
      CASE
        WHEN COALESCE("t0"."rpls_apparie", FALSE)
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_RPLS_APPARIEES",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."rpls_apparie" IS NOT NULL
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_RPLS_COUVERTES",
  COALESCE(
    SUM(CASE WHEN "t0"."prioritaire" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "ATTRIBUTIONS_PRIORITAIRES",
  COALESCE(SUM(CASE WHEN "t0"."dalo" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "ATTRIBUTIONS_DALO",
  COALESCE(
    SUM(
      CASE WHEN "t0"."mutation" = 'OUI' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ATTRIBUTIONS_MUTATIONS",
  COALESCE(
    SUM(
      CASE WHEN "t0"."deja_loge" = 'OUI' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ATTRIBUTIONS_DEJA_LOGES",
  COALESCE(
    SUM(CASE WHEN "t0"."qpv" = 'OUI' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "ATTRIBUTIONS_QPV",
  COALESCE(
    SUM(CASE WHEN "t0"."qpv" = 'NON' THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END),
    0
  ) AS "ATTRIBUTIONS_HORS_QPV",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."anciennete_jours" < 30
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_ANCIENNETE_30J",
  COALESCE(
    SUM(
      CASE WHEN "t0"."delai_jours" < 30 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ATTRIBUTIONS_DELAI_30J",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."signe" <> 0
        THEN CAST("t0"."signe" AS BIGINT) * CAST("t0"."delai_jours" AS BIGINT)
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_DELAI_JOURS",
  COALESCE(
    SUM(
      CASE WHEN "t0"."delai_jours" > 10 THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END
    ),
    0
  ) AS "ATTRIBUTIONS_TARDIVES_10J",
  COALESCE(SUM(CASE WHEN "t0"."portail" THEN CAST("t0"."signe" AS BIGINT) * 1 ELSE 0 END), 0) AS "ATTRIBUTIONS_PORTAIL",
  COALESCE(
    SUM(
      CASE
        WHEN "t0"."portail" AND NOT (
          "t0"."retravaillee"
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES",
  COALESCE(
    SUM(
      CASE
        WHEN NOT (
          "t0"."rfr_au_bail"
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_SANS_RFR",
  COALESCE(
    SUM(
      CASE
        WHEN NOT (
          "t0"."avis_au_bail"
        )
        THEN CAST("t0"."signe" AS BIGINT) * 1
        ELSE 0
      END
    ),
    0
  ) AS "ATTRIBUTIONS_SANS_AVIS"
FROM "attribution" AS "t0"
GROUP BY
  1,
  2,
  3
