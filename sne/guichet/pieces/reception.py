"""Files sent from a page: each is taken in, then named by an act; what becomes of one does not touch the others."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from sne.documents.effacement import effacer_documents
from sne.documents.magasins import MagasinEnPanne
from sne.documents.reception import recevoir
from sne.documents.rules import DocumentRecu
from sne.registre.actions.pieces import Fichier
from sne.registre.selectors.documents import get_limites
from sne.socle.erreurs import Interdit
from sne.socle.horloge import jour

type Recu = UploadedFile[bytes]
Joindre = Callable[[Fichier], uuid.UUID]


@dataclass(frozen=True, slots=True)
class Sort:
    """What became of one file: kept as this document, or refused for this reason."""

    nom: str
    piece: uuid.UUID | None = None
    phrase: str = ""


def recevoir_tous(
    fichiers: Iterable[Recu], *, territoire: str, survenu_le: datetime, joindre: Joindre
) -> list[Sort]:
    """Take in each file and have ``joindre`` name it; those refused say why, beside the others."""
    return [_recevoir(f, territoire=territoire, survenu_le=survenu_le, joindre=joindre) for f in fichiers]


def _recevoir(fichier: Recu, *, territoire: str, survenu_le: datetime, joindre: Joindre) -> Sort:
    nom = fichier.name or "Fichier sans nom"
    try:
        recu = recevoir(
            cast(BinaryIO, fichier.file),
            nom=nom,
            territoire=territoire,
            survenu_le=survenu_le,
            limites=get_limites(jour(survenu_le)),
        )
    except Interdit as refus:
        return Sort(nom, phrase=refus.phrase)
    try:
        return Sort(nom, piece=joindre(Fichier(recu.id, recu.empreinte)))
    except Interdit as refus:
        _oublier(recu, territoire=territoire, survenu_le=survenu_le)
        return Sort(nom, phrase=refus.phrase)


def _oublier(recu: DocumentRecu, *, territoire: str, survenu_le: datetime) -> None:
    """Take away at once what no document names; failing that, the sweep does."""
    try:
        effacer_documents([recu.id], territoire=territoire, survenu_le=survenu_le)
    except MagasinEnPanne:
        return
