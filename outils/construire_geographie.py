"""Build the committed geography of ``sne/referentiels/donnees`` from the npm package of official divisions.

    npm pack @etalab/decoupage-administratif@6.0.0
    python outils/construire_geographie.py etalab-decoupage-administratif-6.0.0.tgz

Standard library only, and deterministic: the same package gives the same rows. ``PROVENANCE.md``, beside the
data, says what is kept.
"""

import argparse
import csv
import gzip
import io
import json
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

DESTINATION = Path(__file__).resolve().parents[1] / "sne" / "referentiels" / "donnees"
ILE_DE_FRANCE, TERRITOIRE_ILE_DE_FRANCE = "11", "111"
FUSEAUX = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "976": "Indian/Mayotte",
}
FUSEAU = "Europe/Paris"
NATURES_RATTACHEES = {"commune-deleguee": "DELEGUEE", "commune-associee": "ASSOCIEE"}
ANCIEN_CODE = "ANCIEN_CODE"
COMMUNES = ("code", "nom", "departement", "parent", "epci", "ept", "population", "codes_postaux")

Objet = dict[str, Any]
Ligne = tuple[str, ...]


def lire_paquet(archive: Path) -> dict[str, list[Objet]]:
    """JSON tables of the package by name (``communes``, ``epci``…). Raises ``KeyError`` if one is missing."""
    tables = {}
    with tarfile.open(archive) as paquet:
        for nom in ("regions", "departements", "communes", "epci", "ept"):
            fichier = paquet.extractfile(f"package/data/{nom}.json")
            if fichier is None:
                raise KeyError(nom)
            tables[nom] = json.load(fichier)
    return tables


def nom_affiche(nom: str) -> str:
    """The official name with the typographic apostrophe that screens and documents print."""
    return nom.replace("'", "’")


def territoire_de(departement: Objet) -> str:
    """Three-sign territory of a département; Île-de-France is one; none for the overseas collectivities."""
    if departement["zone"] == "com":
        return ""
    if departement["region"] == ILE_DE_FRANCE:
        return TERRITOIRE_ILE_DE_FRANCE
    return str(departement["code"]).zfill(3)


def lignes_territoires(departements: Iterable[Objet]) -> list[Ligne]:
    """(code, nom, echelon, fuseau): one per département, and the region Île-de-France."""
    lignes: dict[str, Ligne] = {
        TERRITOIRE_ILE_DE_FRANCE: (TERRITOIRE_ILE_DE_FRANCE, "Île-de-France", "REGIONAL", FUSEAU)
    }
    for d in departements:
        code = territoire_de(d)
        if code and code != TERRITOIRE_ILE_DE_FRANCE:
            lignes[code] = (code, nom_affiche(d["nom"]), "DEPARTEMENTAL", FUSEAUX.get(code, FUSEAU))
    return sorted(lignes.values())


def membres(groupements: Iterable[Objet]) -> dict[str, str]:
    """Commune code → code of its grouping (a commune belongs to one EPCI, and to one EPT at most)."""
    return {m["code"]: g["code"] for g in groupements for m in g["membres"]}


def lignes_communes(tables: dict[str, list[Objet]]) -> list[Ligne]:
    """Communes and municipal arrondissements (columns ``COMMUNES``); these share the EPCI of the town."""
    epci, ept = membres(tables["epci"]), membres(tables["ept"])
    lignes: list[Ligne] = []
    for c in tables["communes"]:
        if c["type"] not in ("commune-actuelle", "arrondissement-municipal"):
            continue
        parent = c.get("commune", "")
        ville = parent or c["code"]
        groupements = (epci.get(ville, ""), ept.get(ville, ""))
        codes_postaux = " ".join(sorted(c.get("codesPostaux", [])))
        population = str(c.get("population", ""))
        lignes.append(
            (
                c["code"],
                nom_affiche(c["nom"]),
                c["departement"],
                parent,
                *groupements,
                population,
                codes_postaux,
            )
        )
    return sorted(lignes)


def lignes_rattachees(communes: Iterable[Objet]) -> list[Ligne]:
    """(code, nom, nature, commune): delegated and associated communes, codes merged into a present one."""
    nommees, anciens = dict[str, Ligne](), dict[str, Ligne]()
    for c in communes:
        code, nature = c["code"], NATURES_RATTACHEES.get(c["type"])
        if nature:
            nommees[code] = (code, nom_affiche(c["nom"]), nature, c["chefLieu"])
        for ancien in c.get("anciensCodes", ()):
            anciens[ancien] = (ancien, "", ANCIEN_CODE, code)
    return sorted({**anciens, **nommees}.values())


def ecrire(fichier: Path, entetes: Ligne, lignes: Iterable[Ligne]) -> None:
    """Write a CSV (UTF-8, ``\\n``), compressed with a fixed header when its name ends in ``.gz``."""
    texte = io.StringIO()
    plume = csv.writer(texte, lineterminator="\n")
    plume.writerow(entetes)
    plume.writerows(lignes)
    octets = texte.getvalue().encode()
    if fichier.suffix == ".gz":
        octets = gzip.compress(octets, mtime=0)
    fichier.write_bytes(octets)


def construire(archive: Path, destination: Path) -> None:
    """Convert the whole package into the compact files of ``destination``."""
    tables = lire_paquet(archive)
    departements = sorted(tables["departements"], key=lambda d: d["code"])
    groupements = sorted(tables["epci"] + tables["ept"], key=lambda g: g["code"])
    regions = sorted((r["code"], nom_affiche(r["nom"])) for r in tables["regions"])
    lignes_departements = [
        (d["code"], nom_affiche(d["nom"]), d["region"], territoire_de(d)) for d in departements
    ]
    lignes_epci = [(g["code"], nom_affiche(g["nom"]), g["type"]) for g in groupements]
    rattachees = lignes_rattachees(tables["communes"])
    ecrire(destination / "regions.csv", ("code", "nom"), regions)
    colonnes = ("code", "nom", "echelon", "fuseau")
    ecrire(destination / "territoires.csv", colonnes, lignes_territoires(departements))
    ecrire(destination / "departements.csv", ("code", "nom", "region", "territoire"), lignes_departements)
    ecrire(destination / "epci.csv", ("code", "nom", "nature"), lignes_epci)
    ecrire(destination / "communes.csv.gz", COMMUNES, lignes_communes(tables))
    ecrire(destination / "communes_rattachees.csv.gz", ("code", "nom", "nature", "commune"), rattachees)


def main() -> None:
    """Command line: the package, and where to write."""
    arguments = argparse.ArgumentParser(description="Construit la géographie des référentiels.")
    arguments.add_argument("archive", type=Path, help="fichier produit par « npm pack »")
    arguments.add_argument("--destination", type=Path, default=DESTINATION)
    choix = arguments.parse_args()
    construire(choix.archive, choix.destination)
    sys.stdout.write(f"{choix.destination}\n")


if __name__ == "__main__":
    main()
