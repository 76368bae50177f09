"""A register full of documents: how many each file has, and the statements that put them there, as the owner."""

# ruff: noqa: S608 - constants of this file only

PAR_DOSSIER = 15
DOSSIERS = 6_700  # 100 500 documents

TYPES = (
    "IDENTITE", "AVIS_IMPOSITION_N2", "AVIS_IMPOSITION_N1", "MARIAGE", "EMPLOI_SALARIE", "RESSOURCES_SALAIRE",
    "RESSOURCES_PENSION", "RESSOURCES_CHOMAGE", "RESSOURCES_PRESTATIONS", "RESSOURCES_AUTRES", "LOGEMENT_LOCATAIRE",
    "LOGEMENT_HEBERGE", "MOTIF_01", "MOTIF_03", "MOTIF_08",
)  # fmt: skip
TABLES = ("piece", "qualification_piece", "version", "document", "document_objet", "document_partie")

CHOISIR = f"""
CREATE TABLE bench_piece AS
SELECT gen_random_uuid() AS id, gen_random_uuid() AS document, gen_random_uuid() AS objet, d.id AS demande_id,
    d.territoire, d.revision, d.version_courante_id, p.id AS personne_id, d.guichet_gestionnaire AS guichet,
    t.code, t.rang, now() - make_interval(days => t.rang::int) AS le
FROM (SELECT * FROM demande WHERE statut IN ('ACTIVE', 'EXPIREE') ORDER BY id LIMIT {DOSSIERS}) d
JOIN personne p ON p.demande_id = d.id AND p.role = 'DEMANDEUR' AND p.retire_le IS NULL
CROSS JOIN unnest(ARRAY{list(TYPES)}) WITH ORDINALITY t (code, rang)
"""
DEPOSER = """
INSERT INTO document (id, territoire, etat, empreinte, mime, taille, nombre_pages, recu_le, rattache_le, antivirus_le)
SELECT document, territoire, 'DISPONIBLE', sha256(document::text::bytea), 'application/pdf', 300000, 2, le, le, le
FROM bench_piece;
INSERT INTO document_objet (id, territoire, empreinte, adresse, magasin, copie, taille, cle, cle_version, pose_le)
SELECT objet, territoire, sha256(objet::text::bytea), objet::text, 'disque', '', 300000, '\\x00', 1, le
FROM bench_piece;
INSERT INTO document_partie (id, territoire, document_id, objet_id, part, rang, mime)
SELECT gen_random_uuid(), b.territoire, b.document, b.objet, x.part, x.page, 'image/jpeg' FROM bench_piece b
CROSS JOIN (VALUES ('ORIGINAL', 0), ('VIGNETTE', 1), ('VIGNETTE', 2)) x (part, page);
INSERT INTO piece (id, territoire, demande_id, revision, personne_id, membre, type_piece, nature, annee, sante,
    document, empreinte, explication, canal, auteur, depose_par, guichet, survenu_le)
SELECT id, territoire, demande_id, revision, personne_id, '', code, '',
    CASE WHEN code LIKE 'AVIS%' THEN extract(year FROM now())::int - rang END, code = 'MOTIF_08', document,
    sha256(document::text::bytea), '', 'GUICHET', gen_random_uuid(), '{"nom": "Agent de mesure"}', guichet, le
FROM bench_piece;
INSERT INTO qualification_piece (id, territoire, demande_id, revision, piece_id, qualification, motif, auteur,
    qualifie_par, guichet, survenu_le)
SELECT gen_random_uuid(), territoire, demande_id, revision, id,
    CASE rang % 3 WHEN 0 THEN 'INEXPLOITABLE' ELSE 'VALIDE' END, '', gen_random_uuid(),
    '{"nom": "Agent de mesure"}', guichet, le
FROM bench_piece WHERE rang % 2 = 0;
UPDATE version v SET pieces = b.ids
FROM (SELECT version_courante_id, array_agg(id ORDER BY rang) AS ids FROM bench_piece GROUP BY 1) b
WHERE v.id = b.version_courante_id
"""

REMPLIR = (
    *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in TABLES),
    CHOISIR,
    *DEPOSER.split(";\n"),
    *(f"ANALYZE {table}" for table in TABLES),
)
"""A copy that is thrown away: its guards are put aside, since what they want told is not measured here."""
