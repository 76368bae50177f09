"""Writing an export: a folder, or one zip; the manifest comes last, with the hash of each file."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sne.journal.selectors.export import Etendue, decrire, exporter

Ouvrir = Callable[[str], IO[bytes]]


def archiver(
    sortie: Path,
    etendue: Etendue,
    *,
    exporte_le: datetime,
    avancer: Callable[[int], None] = lambda _: None,
) -> dict[str, Any]:
    """Write the export, streamed; returns its manifest. ``sortie``: a zip when its name ends so, else a folder."""
    fichiers = []
    with _ouverture(sortie) as ouvrir:
        for nom, lignes in exporter(etendue):
            with ouvrir(nom) as fichier:
                fichiers.append({"nom": nom, **_ecrire(fichier, lignes, avancer)})
        manifeste = {**decrire(etendue), "exporte_le": exporte_le.isoformat(), "fichiers": fichiers}
        with ouvrir("manifeste.json") as fichier:
            fichier.write(json.dumps(manifeste, ensure_ascii=False, indent=2).encode())
    return manifeste


def _ecrire(fichier: IO[bytes], lignes: Iterable[str], avancer: Callable[[int], None]) -> dict[str, Any]:
    somme, nombre = hashlib.sha256(), 0
    for ligne in lignes:
        octets = ligne.encode() + b"\n"
        somme.update(octets)
        fichier.write(octets)
        nombre += 1
        avancer(1)
    return {"lignes": nombre, "sha256": somme.hexdigest()}


@contextmanager
def _ouverture(sortie: Path) -> Iterator[Ouvrir]:
    if sortie.suffix != ".zip":
        sortie.mkdir(exist_ok=True)
        yield lambda nom: (sortie / nom).open("wb")
        return
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        yield lambda nom: archive.open(nom, "w", force_zip64=True)
