"""A register with the figures of a nation: its lake, cells and keys drawn, counters and a manager in one territory.

Written past the guards, which ask an entry of the journal for each row: by copies of what the engine counts, never row
by row.
"""

# ruff: noqa: S608 - the statements are put together from constants of this file

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from sne.bench.atelier import Identifiants
from sne.bench.chantier import Chantier
from sne.bench.journee import multiplier
from sne.bench.lac import GUICHETS, TERRITOIRES, Lac, dessiner
from sne.bench.pgbench import MesureImpossible
from sne.infocentre.mesures import sql
from sne.infocentre.mesures.faits import FAITS
from sne.socle.bases import Acces

TERRITOIRE, DEPARTEMENT = 33, "33"  # where somebody reads
BAILLEURS = 20  # whose counters are there
PAR_MENAGE = 200  # facts of the lake for one household of the register, beside those of the day
CELLULES = "COPY agregat (territoire, axe, ligne, mois, mesure, valeur) FROM STDIN (FORMAT csv)"
TENIR_LES_CLES = (
    "CREATE TEMP TABLE dessinees (territoire int, rang int, cle bigint, id uuid DEFAULT gen_random_uuid())"
)
CLES = "COPY dessinees (territoire, rang, cle) FROM STDIN (FORMAT csv)"
REMPLIR = f"""
INSERT INTO cle_statistique (demande_id, cle) SELECT id, cle FROM dessinees;
INSERT INTO demande (id, territoire, nud, statut, canal, guichet_createur, guichet_gestionnaire, date_depot,
    date_enregistrement, date_expiration, revision, version_courante_id, titulaire, nb_personnes, communes_souhaitees,
    types_logement, categorie_logement, accepte_autres_communes, deja_locataire_hlm)
SELECT id, '{TERRITOIRE:03d}', '{TERRITOIRE:03d}' || lpad(rang::text, 10, '0') || g.code, 'ACTIVE', 'GUICHET', g.code,
    g.code, current_date - 300, current_date - 300, current_date + 60, 1, gen_random_uuid(), 'PERSONNE', 1,
    '{{}}', '{{}}', 'A', true, false
FROM dessinees CROSS JOIN LATERAL (SELECT 'G' || lpad((rang % {GUICHETS})::text, 4, '0') AS code) g
WHERE territoire = {TERRITOIRE};
INSERT INTO organisme (code, siren, nom, type_organisme, categorie, debut, fin, fictif)
SELECT '999' || lpad((900000 + n)::text, 6, '0'), '999' || lpad((900000 + n)::text, 6, '0'), 'Bailleur ' || n,
    o.type_organisme, o.categorie, o.debut, o.fin, o.fictif
FROM (SELECT * FROM organisme WHERE type_organisme = 'BAILLEUR' ORDER BY code LIMIT 1) o,
    generate_series(1, {BAILLEURS}) n;
INSERT INTO guichet (id, territoire, code, libelle, organisme_id, voie, code_postal, commune_id, horaires, courriel,
    telephone, saisit_directement, systeme_interface, debut, fin, fictif)
SELECT '{TERRITOIRE:03d}' || g.code, '{TERRITOIRE:03d}', g.code, 'Guichet ' || g.code,
    '999' || lpad((900001 + n % {BAILLEURS})::text, 6, '0'), '', '', c.code, '', '', '', true, false, NULL, NULL, true
FROM generate_series(0, {GUICHETS - 1}) n
CROSS JOIN LATERAL (SELECT 'G' || lpad(n::text, 4, '0') AS code) g
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS rang FROM commune WHERE departement_id = '{DEPARTEMENT}') c
    ON c.rang = n
"""
MANIFESTE = """
INSERT INTO lac_fichier (id, fait, mois, sceau_du, sceau_au, chemin, lignes, octets, sha256, schema, ecrit_le)
VALUES (gen_random_uuid(), %s, %s, 0, 1, %s, %s, %s, '', %s, now())
"""
CURSEUR = (
    "INSERT INTO lac_curseur (id, scellement, verse_le, mesures, efface_le) VALUES (1, %s, now(), %s, now())"
)


@dataclass(frozen=True, slots=True)
class Nation:
    """A database; ``gestionnaire``: who reads a territory; ``lignes``: facts of its lake, ``cellules`` of its table."""

    acces: Acces
    gestionnaire: Identifiants
    lignes: int
    cellules: int


@contextmanager
def fonder(chantier: Chantier, nombre: int, *, journee: int = 0, une_seule: bool = False) -> Iterator[Nation]:
    """A nation of ``nombre`` facts, a database of its own; ``journee``: facts of a day sealed, and not poured;
    ``une_seule``: keys of the territory that is read alone, none of which will be erased.
    """
    atelier, nom = chantier.atelier, f"nation_{nombre}"
    chantier.dire(f"  {nombre} faits…")
    acces = atelier.copie(nom)
    scelle = multiplier(atelier, acces, journee, scene=nombre // PAR_MENAGE) if journee else 1
    with dessiner(dossier_de(chantier, nombre), nombre) as lac:
        cles = (TERRITOIRE,) if une_seule else tuple(range(1, TERRITOIRES + 1))
        cellules = _remplir(lac, acces, scelle=scelle, dossier=atelier.dossier, cles=cles)
        lignes = lac.lignes
    compte = Identifiants(**atelier.preparer("gestionnaire", acces=acces, taille=TERRITOIRE))
    try:
        yield Nation(acces, compte, lignes, cellules)
    finally:
        atelier.jeter(nom)


def dossier_de(chantier: Chantier, nombre: int) -> Path:
    """Where the files of so many facts are, in the folder of the lake of processes on a database of measure."""
    return chantier.atelier.dossier.resolve() / "lac" / f"{nombre}"


def _remplir(lac: Lac, acces: Acces, *, scelle: int, dossier: Path, cles: Sequence[int]) -> int:
    """What a pouring would have written, and what the manager reads beside; how many cells."""
    csv = dossier / "dessinees.csv"
    with psycopg.connect(acces.admin) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute("ALTER TABLE agregat DROP CONSTRAINT agregat_pkey")
        connexion.execute("SET maintenance_work_mem = '1GB'")
        lac.ecrire_cellules(csv)
        cellules = _copier(connexion, CELLULES, csv)
        connexion.execute("ALTER TABLE agregat ADD PRIMARY KEY (territoire, axe, mois, ligne, mesure)")
        connexion.execute(TENIR_LES_CLES)
        lac.ecrire_cles(csv, cles)
        if _copier(connexion, CLES, csv) != len(cles) * lac.demandes:
            raise MesureImpossible("Des clés du lac dessiné manquent.")
        for ordre in REMPLIR.split(";\n"):
            connexion.execute(ordre)
        for f in lac.fichiers:
            chemin = str(f.chemin.relative_to(dossier.resolve() / "lac"))
            dits = [f.fait, f.mois, chemin, f.lignes, f.chemin.stat().st_size, FAITS[f.fait].schema]
            connexion.execute(MANIFESTE, dits)
        connexion.execute(CURSEUR, [scelle, sql.empreinte()])
    with psycopg.connect(acces.owner, autocommit=True) as connexion:
        connexion.execute("VACUUM ANALYZE")
    return cellules


def _copier(connexion: psycopg.Connection, ordre: str, csv: Path) -> int:
    """Copy a file, then remove it; how many lines it had."""
    with connexion.cursor() as curseur, csv.open("rb") as lu:
        with curseur.copy(ordre) as copie:
            while bloc := lu.read(1 << 20):
                copie.write(bloc)
        nombre = curseur.rowcount
    csv.unlink()
    return nombre
