"""Entries that came with a territory, against the export of the cell that sealed them, which a verifier proves."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sne.journal.models import Reprise
from sne.journal.selectors import Ecart


def verifier_reprises(cellule: str, export: Path) -> Iterator[Ecart]:
    """Each difference with that export (folder or zip), read line by line: an entry not there, elsewhere, another."""
    recues = (
        Reprise.objects.filter(cellule=cellule)
        .order_by("scellement", "rang")
        .values_list("scellement", "rang", "entree", "empreinte")
        .iterator()
    )
    attendue = next(recues, None)
    for ligne in _entrees(export):
        place = (ligne["scellement"], ligne["rang"])
        while attendue and attendue[:2] < place:
            yield _ecart(cellule, attendue)
            attendue = next(recues, None)
        if attendue and attendue[:2] == place:
            if (ligne["entree"], ligne["feuille"]) != (str(attendue[2]), bytes(attendue[3]).hex()):
                yield _ecart(cellule, attendue)
            attendue = next(recues, None)
    while attendue:
        yield _ecart(cellule, attendue)
        attendue = next(recues, None)


def _entrees(export: Path) -> Iterator[dict[str, Any]]:
    racine: Any = export if export.is_dir() else zipfile.Path(export)
    for fichier in sorted(
        (f for f in racine.iterdir() if f.name.startswith("entrees-")), key=lambda f: f.name
    ):
        with fichier.open("rb") as lignes:
            for ligne in lignes:
                yield json.loads(ligne)


def _ecart(cellule: str, attendue: tuple[Any, ...]) -> Ecart:
    scellement, rang, entree, _ = attendue
    phrase = f"L’export de « {cellule} » n’a pas, au rang {rang} du scellement {scellement}, l’entrée reçue d’elle."
    return Ecart(0, entree, phrase)
