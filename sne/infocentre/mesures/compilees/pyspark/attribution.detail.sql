-- Written by « python -m sne.infocentre.mesures.compiler »: change expressions.py, then run it again.
SELECT
  `t0`.`cle`,
  `t0`.`jour`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS`,
  COALESCE(SUM(IF(`t0`.`etat`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_ETAT`,
  COALESCE(SUM(IF(`t0`.`rpls_valide`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_RPLS`,
  COALESCE(
    SUM(IF(COALESCE(`t0`.`rpls_apparie`, FALSE), CAST(`t0`.`signe` AS BIGINT) * 1, 0)),
    0
  ) AS `ATTRIBUTIONS_RPLS_APPARIEES`,
  COALESCE(SUM(IF(`t0`.`rpls_apparie` IS NOT NULL, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_RPLS_COUVERTES`,
  COALESCE(SUM(IF(`t0`.`prioritaire`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_PRIORITAIRES`,
  COALESCE(SUM(IF(`t0`.`dalo`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_DALO`,
  COALESCE(SUM(IF(`t0`.`mutation` = 'OUI', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_MUTATIONS`,
  COALESCE(SUM(IF(`t0`.`deja_loge` = 'OUI', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_DEJA_LOGES`,
  COALESCE(SUM(IF(`t0`.`qpv` = 'OUI', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_QPV`,
  COALESCE(SUM(IF(`t0`.`qpv` = 'NON', CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_HORS_QPV`,
  COALESCE(SUM(IF(`t0`.`anciennete_jours` < 30, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_ANCIENNETE_30J`,
  COALESCE(SUM(IF(`t0`.`delai_jours` < 30, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_DELAI_30J`,
  COALESCE(
    SUM(
      IF(
        `t0`.`signe` <> 0,
        CAST(`t0`.`signe` AS BIGINT) * CAST(`t0`.`delai_jours` AS BIGINT),
        0
      )
    ),
    0
  ) AS `ATTRIBUTIONS_DELAI_JOURS`,
  COALESCE(SUM(IF(`t0`.`delai_jours` > 10, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_TARDIVES_10J`,
  COALESCE(SUM(IF(`t0`.`portail`, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_PORTAIL`,
  COALESCE(
    SUM(
      IF(
        `t0`.`portail` AND NOT (
          `t0`.`retravaillee`
        ),
        CAST(`t0`.`signe` AS BIGINT) * 1,
        0
      )
    ),
    0
  ) AS `ATTRIBUTIONS_PORTAIL_NON_RETRAVAILLEES`,
  COALESCE(SUM(IF(NOT (
    `t0`.`rfr_au_bail`
  ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_SANS_RFR`,
  COALESCE(SUM(IF(NOT (
    `t0`.`avis_au_bail`
  ), CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTRIBUTIONS_SANS_AVIS`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `ATTENTE_JOURS`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `COMMISSION_JOURS`,
  COALESCE(SUM(IF(`t0`.`signe` <> 0, CAST(`t0`.`signe` AS BIGINT) * 1, 0)), 0) AS `RADIATION_JOURS`
FROM `attribution` AS `t0`
GROUP BY
  1,
  2
