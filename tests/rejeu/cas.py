"""Short files written by hand, and the command run on them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.cli.commandes import Resultat, sne
from tests.rejeu.monde import COLONNES, TRAITS

LEA = ("DURAND", "", "Léa", "1987-03-14", "F", "2870399004015")
"""The traits of somebody, in the order of the columns."""


def demande(dls: str = "A", depot: str = "2015-06-12", **autres: str) -> dict[str, str]:
    """One row of *demandes*."""
    return {"dls": dls, "territoire": "099", "guichet": "G0001", "date_depot": depot, **autres}


def operation(numero: str, jour: str, champs: str = "", **autres: str) -> dict[str, str]:
    """One row of *operations*: a counter, a working day."""
    return {
        "operation": numero,
        "dls": "A",
        "horodatage": f"{jour}T10:00:00",
        "type": "modification",
        "canal": "guichet",
        "guichet": "G0001",
        "agent": "camille",
        "champs": champs,
        **autres,
    }


def identite(
    numero: str, *, avant: Sequence[str] = LEA, dls: str = "A", issue: str = "", **apres: str
) -> dict[str, str]:
    """One row of *identites*: what changes is given by name."""
    connus = dict(zip(TRAITS, avant, strict=True))
    cotes = {"avant": connus, "apres": {**connus, **apres}}
    valeurs = {f"{cote}_{trait}": traits[trait] for cote, traits in cotes.items() for trait in TRAITS}
    return {"operation": numero, "dls": dls, **valeurs, "issue": issue}


@dataclass
class Fichiers:
    """Three files in a folder, and what the replay made of them."""

    dossier: Path
    suffixe: str = ".csv"

    def ecrire(self, **tables: Sequence[Mapping[str, Any]]) -> None:
        """Write the tables; each has every column, known or added by a row."""
        for nom, lignes in tables.items():
            colonnes = list(dict.fromkeys([*COLONNES[nom], *(c for ligne in lignes for c in ligne)]))
            brut = self.dossier / f"{nom}.csv"
            with brut.open("w", encoding="utf-8", newline="") as sortie:
                redacteur = csv.DictWriter(sortie, colonnes, lineterminator="\n")
                redacteur.writeheader()
                redacteur.writerows(lignes)
            if self.suffixe == ".parquet":
                en_parquet(brut, self.fichier(nom))

    def fichier(self, nom: str) -> Path:
        return self.dossier / f"{nom}{self.suffixe}"

    @property
    def sortie(self) -> Path:
        return self.fichier("resultat")

    def rejouer(self, *options: str) -> Resultat:
        """``sne controle rejouer`` on them."""
        entrees = [x for nom in COLONNES for x in (f"--{nom}", str(self.fichier(nom)))]
        return sne("controle", "rejouer", *entrees, "--sortie", str(self.sortie), *options)

    def lignes(self) -> list[dict[str, Any]]:
        """What was written, as text."""
        with self.sortie.open(encoding="utf-8", newline="") as resultat:
            return list(csv.DictReader(resultat))


def en_parquet(brut: Path, vers: Path, requete: str = "SELECT * FROM brut") -> None:
    """A CSV as a Parquet file, whose types another tool chose."""
    with duckdb.connect() as base:
        genres = ["BIGINT", "DOUBLE", "DATE", "TIMESTAMP", "VARCHAR"]
        base.execute(
            f"CREATE VIEW brut AS FROM read_csv('{brut}', header = true, auto_type_candidates = {genres})"
        )
        base.execute(f"COPY ({requete}) TO '{vers}' (FORMAT parquet)")
