"""Erasing what a message left in the folders of the service; idempotent, so that it can be cut short anywhere."""

import csv
import io
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.envois.lettres import EMPREINTES, INDEX, empreinte


def effacer_fichiers(var: Path, message_id: uuid.UUID, *, reference: str, depot: uuid.UUID | None) -> int:
    """Erase every file of one message under ``var``; returns how many. ``reference``: name of its e-mail.

    A letter also leaves the index of its drop; a drop that holds no letter any more goes whole.
    """
    effaces = 0
    for fichier in _fichiers(var, message_id, reference):
        fichier.unlink(missing_ok=True)
        effaces += 1
    for dossier in (var / "courriers").glob(f"*{depot}") if depot else ():
        effaces += _retirer_du_depot(dossier, message_id)
    return effaces


def _fichiers(var: Path, message_id: uuid.UUID, reference: str) -> Iterator[Path]:
    """Whole files, and those that a crash left under a provisional name."""
    for dossier, nom in (
        ("courriels", f"{reference}.eml"),
        ("sms", f"{message_id}.txt"),
        ("maileva", f"{message_id}.json"),
    ):
        yield from (var / dossier).glob(nom)
        yield from (var / dossier).glob(f".{nom}.*")


def _retirer_du_depot(dossier: Path, message_id: uuid.UUID) -> int:
    """Sheets first, the index and the hashes last: cut short, it is done again from what the index still says."""
    feuilles = [*dossier.glob(f"{message_id}-*"), *dossier.glob(f".{message_id}-*")]
    for feuille in feuilles:
        feuille.unlink(missing_ok=True)
    if not any(dossier.glob("*.pdf")):
        shutil.rmtree(dossier)
        return len(feuilles)
    index, empreintes = dossier / INDEX, dossier / EMPREINTES
    if index.exists():
        ecrire(index, _sans(index.read_text(encoding="utf-8"), message_id).encode())
    if empreintes.exists():
        gardees = [
            ligne
            for ligne in empreintes.read_text(encoding="utf-8").splitlines()
            if not ligne.partition("  ")[2].startswith((str(message_id), INDEX))
        ]
        gardees.append(f"{empreinte(index.read_bytes())}  {INDEX}")
        ecrire(empreintes, "".join(f"{ligne}\n" for ligne in gardees).encode())
    return len(feuilles)


def _sans(index: str, message_id: uuid.UUID) -> str:
    """The index without the lines of one letter."""
    texte = io.StringIO()
    plume = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    plume.writerows(
        ligne
        for ligne in csv.reader(io.StringIO(index, newline=""), delimiter=";")
        if ligne[0] != str(message_id)
    )
    return texte.getvalue()
