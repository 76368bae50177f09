"""A person of FranceConnect, looked for among the identities of a whole nation."""

# ruff: noqa: S608 - the statements are put together from constants of this file

from functools import partial

import psycopg

from sne.bench.chantier import Chantier
from sne.bench.rules import Cible, Ligne, Sens, latence_mediane, p95

DOSSIERS = 3_000_000
CIBLE = 20.0  # ms p95
INUTILES = [
    "identite_nom",
    "identite_usage",
    "identite_nir",
    "identite_en_controle",
    "personne_tel",
    "personne_courriel",
]
# Filled households again and again: other names, birth dates and territories, the tables that are read and no other.
AUTRE = "md5({}::text || k)::uuid"
TERRITOIRE = "(SELECT t.codes[1 + (k + get_byte(uuid_send({}), 7)) %% cardinality(t.codes)] FROM t)"
COPIER = f"""
SET session_replication_role = replica;
CREATE TEMP TABLE t AS SELECT array_agg(code::text ORDER BY code) AS codes FROM territoire;
INSERT INTO personne (id, territoire, demande_id, role, rang, courriel, courriel_etat, telephone, identite_courante_id)
SELECT {AUTRE.format("p.id")}, {TERRITOIRE.format("p.demande_id")}, {AUTRE.format("p.demande_id")}, p.role, p.rang,
    '', p.courriel_etat, '', {AUTRE.format("p.identite_courante_id")}
FROM personne p CROSS JOIN generate_series(1, %(fois)s) k;
INSERT INTO identite (id, territoire, demande_id, personne_id, revision, civilite, nom_naissance, nom_usage, prenoms,
    date_naissance, date_naissance_presumee, naissance_commune, naissance_pays, nationalite, nir_etat, voie, retrait,
    auteur, guichet, survenu_le)
SELECT {AUTRE.format("i.id")}, {TERRITOIRE.format("i.demande_id")}, {AUTRE.format("i.demande_id")},
    {AUTRE.format("i.personne_id")}, 1, i.civilite, i.nom_naissance || chr(97 + k %% 26), '', i.prenoms,
    '1935-01-01'::date + (i.date_naissance - '1935-01-01'::date + 97 * k) %% 25000, false, i.naissance_commune,
    i.naissance_pays, i.nationalite, i.nir_etat, i.voie, false, i.auteur, i.guichet, i.survenu_le
FROM identite i CROSS JOIN generate_series(1, %(fois)s) k
"""


def pivot(chantier: Chantier) -> list[Ligne]:
    """As many files as the nation has; those who are looked for are on record."""
    acces = chantier.copie_remplie("pivot")
    fois = DOSSIERS // chantier.reglages.taille - 1
    with psycopg.connect(acces.admin, autocommit=True) as connexion:
        connexion.execute(f"DROP INDEX {', '.join(INUTILES)}")
        with psycopg.ClientCursor(connexion) as curseur:
            curseur.execute(COPIER, {"fois": fois})
        connexion.execute("VACUUM ANALYZE personne, identite")
    with chantier.equipe("ChercherPivot", acces, module="actes_en_nombre", processus=1, fils=1) as equipe:
        cote = partial(equipe.tranche, chantier.reglages.secondes, par_seconde=50)
        tranches = chantier.alterner({"mesure": cote})["mesure"]
    chantier.atelier.jeter("pivot")
    grand = p95(tranches)
    return [
        Ligne(
            code="pivot",
            titre=f"Person of FranceConnect looked for in the whole country, {DOSSIERS} files, in the database",
            limite=f"{CIBLE:g} ms p95",
            mesure=f"{latence_mediane(tranches):.2f} ms, p95 {grand:.2f} ms",
            valeur=grand,
            unite="ms p95",
            cible=Cible(Sens.AU_PLUS, CIBLE),
            rapport=grand / CIBLE,
        )
    ]
