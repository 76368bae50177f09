"""Parquet: the data in typed columns, by their codes; definitions and reading travel in the metadata of the file."""

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from sne.infocentre.fichiers.feuilles import Entete, Feuille, Genre, Valeur
from sne.infocentre.moteur.lancer import executer

BLOC = 1 << 20
VIDE = "\\N"  # what is empty, apart from an empty text


def ecrire_parquet(donnees: Feuille, dites: Mapping[str, object], sortie: BinaryIO) -> None:
    """One table. ``dites``: what the file says of itself, kept as JSON. Raises ``MoteurEnPanne``."""
    with tempfile.TemporaryDirectory() as dossier:
        travail = Path(dossier)
        lu, ecrit = travail / "lignes.csv", travail / "lignes.parquet"
        with lu.open("w", encoding="utf-8", newline="") as fichier:
            csv.writer(fichier).writerows(_sans_vide(donnees))
        executer(
            {
                "ordre": "copier",
                "lu": str(lu),
                "ecrit": str(ecrit),
                "colonnes": {e.code: _type(e) for e in donnees.entetes},
                "dites": {cle: json.dumps(valeur, ensure_ascii=False) for cle, valeur in dites.items()},
            },
            travail=travail,
            ecrit=True,
        )
        with ecrit.open("rb") as fait:
            while morceau := fait.read(BLOC):
                sortie.write(morceau)


def _sans_vide(donnees: Feuille) -> Iterator[list[Valeur]]:
    for ligne in donnees.lignes:
        yield [VIDE if valeur is None else valeur for valeur in ligne]


def _type(entete: Entete) -> str:
    match entete.genre:
        case Genre.ENTIER:
            return "BIGINT"
        case Genre.DECIMAL:
            return f"DECIMAL(18, {entete.decimales})"
    return "VARCHAR"
