"""Letters: a port, and the print folder that a print centre collects (PDF, index, hashes)."""

import csv
import hashlib
import io
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sne.notifications.envois.fichiers import ecrire
from sne.notifications.envois.pieces import Piece
from sne.notifications.rules import AdressePostale, Issue, Resultat
from sne.notifications.rules.adresses import LIGNES
from sne.socle.durable import rendre_durable
from sne.socle.tableur import inoffensive

INDEX, EMPREINTES = "index.csv", "SHA256SUMS"
COLONNES = ("lettre", "rang", "fichier", "sha256", *(f"adresse_{n}" for n in range(1, LIGNES + 1)))


@dataclass(frozen=True, slots=True)
class Lettre:
    """A letter ready to be printed: the sheets of the letter itself, then what is joined to it."""

    id: uuid.UUID
    objet: str
    adresse: AdressePostale
    documents: Sequence[Piece]


class PortLettre(Protocol):
    """Where letters leave from."""

    def deposer(
        self, depot: uuid.UUID, lettres: Sequence[Lettre], *, survenu_le: datetime
    ) -> Mapping[uuid.UUID, Resultat]:
        """Hand letters over; called again with the same drop after a crash, it hands none over twice."""
        ...


class DepotFichier:
    """One folder for each drop, whole or absent: it takes its name once everything in it is written."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def deposer(
        self, depot: uuid.UUID, lettres: Sequence[Lettre], *, survenu_le: datetime
    ) -> Mapping[uuid.UUID, Resultat]:
        nom = f"{survenu_le.astimezone(UTC):%Y%m%dT%H%M%SZ}-{depot}"
        if not (self.dossier / nom).exists():
            self._ecrire(nom, lettres)
        return {x.id: Resultat(Issue.ACCEPTE, texte="Déposé dans le dossier d’impression") for x in lettres}

    def _ecrire(self, nom: str, lettres: Sequence[Lettre]) -> None:
        provisoire = self.dossier / f".{nom}"
        shutil.rmtree(provisoire, ignore_errors=True)  # of a drop cut short
        provisoire.mkdir(mode=0o700, parents=True)
        fichiers = dict(_fichiers(lettres))
        fichiers[INDEX] = _index(lettres)
        for fichier, octets in fichiers.items():
            ecrire(provisoire / fichier, octets)
        sommes = "".join(f"{empreinte(octets)}  {fichier}\n" for fichier, octets in fichiers.items())
        ecrire(provisoire / EMPREINTES, sommes.encode())
        rendre_durable(provisoire)
        provisoire.rename(self.dossier / nom)
        rendre_durable(self.dossier)


def _fichiers(lettres: Sequence[Lettre]) -> Iterator[tuple[str, bytes]]:
    for lettre in lettres:
        for rang, document in enumerate(lettre.documents, start=1):
            yield _nom(lettre, rang), document.contenu


def _index(lettres: Sequence[Lettre]) -> bytes:
    """One line for each document, in the order of printing; separated by semicolons, in UTF-8."""
    texte = io.StringIO()
    plume = csv.writer(texte, delimiter=";", lineterminator="\r\n")
    plume.writerow(COLONNES)
    for lettre in lettres:
        lignes = [*lettre.adresse.lignes, *[""] * (LIGNES - len(lettre.adresse.lignes))]
        for rang, document in enumerate(lettre.documents, start=1):
            plume.writerow(
                [
                    lettre.id,
                    rang,
                    _nom(lettre, rang),
                    empreinte(document.contenu),
                    *map(inoffensive, lignes),
                ]
            )
    return texte.getvalue().encode()


def _nom(lettre: Lettre, rang: int) -> str:
    return f"{lettre.id}-{rang}.pdf"


def empreinte(octets: bytes) -> str:
    """SHA-256 of a file, as the list of hashes writes it."""
    return hashlib.sha256(octets).hexdigest()
