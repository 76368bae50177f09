"""Un export du journal, lu ligne à ligne : dossier ou fichier zip, comparé à son manifeste."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verifier_journal.empreintes import Illisible

EXPORT = "sne-journal/1"


class Dossier:
    """Un export : dossier ou fichier zip."""

    def __init__(self, chemin: Path) -> None:
        if not chemin.exists():
            raise Illisible(f"{chemin} n’existe pas.")
        self.racine: Any = chemin if chemin.is_dir() else zipfile.Path(chemin)
        self.manifeste: dict[str, Any] = json.loads((self.racine / "manifeste.json").read_text("utf-8"))
        if self.manifeste["format"] != EXPORT:
            raise Illisible(f"Format inconnu : {self.manifeste['format']}.")

    def lire(self, nom: str) -> Iterator[dict[str, Any]]:
        """Les lignes d’un fichier, dont l’empreinte est comparée au manifeste."""
        decrit = next((f for f in self.manifeste["fichiers"] if f["nom"] == nom), None)
        if decrit is None:
            raise Illisible(f"Il manque {nom} dans le manifeste.")
        somme = hashlib.sha256()
        with (self.racine / nom).open("rb") as fichier:
            for ligne in fichier:
                somme.update(ligne)
                yield json.loads(ligne)
        if somme.hexdigest() != decrit["sha256"]:
            raise Illisible(f"{nom} a été altéré ou coupé depuis l’export.")

    def entrees(self) -> Iterator[dict[str, Any]]:
        for fichier in self.manifeste["fichiers"]:
            if fichier["nom"].startswith("entrees-"):
                yield from self.lire(fichier["nom"])


class Groupes:
    """Les lignes d’entrées, scellement par scellement, dans l’ordre."""

    def __init__(self, lignes: Iterator[dict[str, Any]]) -> None:
        self._lignes = lignes
        self._suivante = next(lignes, None)

    def jusqu_a(self, numero: float) -> Iterator[dict[str, Any]]:
        while self._suivante and self._suivante["scellement"] <= numero:
            yield self._suivante
            self._suivante = next(self._lignes, None)
