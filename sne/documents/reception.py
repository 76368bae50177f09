"""Taking a file in, end to end: copied, read in a process apart, scanned, its rows committed, its objects put.

Not an action: it speaks to the antivirus and to the store, and opens no transaction around either. Wherever it is
killed, the rows are there before the bytes and say ``RECEPTION``: the sweep takes both away.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from sne.documents import antivirus
from sne.documents.actions import (
    Contenu,
    Entete,
    ajouter_parties,
    conclure_reception,
    demander_effacement,
    inscrire_reception,
    retirer_sans_octets,
)
from sne.documents.lecture import depot as lecture
from sne.documents.lecture.aides import lire_texte
from sne.documents.magasins import MagasinEnPanne
from sne.documents.models import Objet
from sne.documents.objets import empreinte_de, poser
from sne.documents.rules import (
    DocumentMalveillant,
    DocumentRecu,
    DocumentTropLourd,
    DocumentVide,
    Lecture,
    Limites,
    Magasin,
    MagasinMuet,
    Part,
    PartieLue,
    Verdict,
)
from sne.documents.travail import dossier_de_travail
from sne.socle import horloge

MORCEAU, PDF = 1 << 20, "application/pdf"


@dataclass(frozen=True, slots=True)
class Recu:
    """A file as it came: where it is for now, what it was called, its SHA-256, its bytes."""

    chemin: Path
    nom: str
    empreinte: bytes
    taille: int


def recevoir(
    flux: BinaryIO,
    *,
    nom: str,
    territoire: str,
    survenu_le: datetime,
    limites: Limites,
    relire: Callable[[str], None] | None = None,
) -> DocumentRecu:
    """Take a file in. Raises ``DocumentRefuse``, and then nothing of it is kept.

    ``relire``: is given the text of a PDF (its own layer, no picture is read), and raises ``DocumentRefuse``.

    The document belongs to nobody yet: ``rattacher_document``, in the transaction that names it, keeps it from the
    sweep. In ``QUARANTAINE`` it may be attached, and opens once the antivirus has answered.
    """
    try:
        return _recevoir(
            flux, nom, territoire=territoire, survenu_le=survenu_le, limites=limites, relire=relire
        )
    except OSError as exc:  # no room left on the disk, for instance
        raise MagasinMuet from exc


def _recevoir(
    flux: BinaryIO,
    nom: str,
    *,
    territoire: str,
    survenu_le: datetime,
    limites: Limites,
    relire: Callable[[str], None] | None,
) -> DocumentRecu:
    with dossier_de_travail() as dossier:
        recu = dossier / "recu"
        empreinte, taille = _copier(flux, recu, octets_max=limites.octets)
        lue = lecture.analyser(recu, dossier=dossier, limites=limites)
        verdict = antivirus.examiner(recu)
        if verdict is Verdict.INFECTE:
            raise DocumentMalveillant
        if relire and lue.mime == PDF:
            relire(_texte(lue, dossier=dossier, limites=limites))
        return garder(
            lue,
            Recu(recu, nom, empreinte, taille),
            verdict,
            dossier=dossier,
            territoire=territoire,
            survenu_le=survenu_le,
        )


def _texte(lue: Lecture, *, dossier: Path, limites: Limites) -> str:
    (original,) = (p.chemin for p in lue.parties if p.part is Part.ORIGINAL)
    lu = lire_texte(
        original,
        mime=PDF,
        dossier=dossier,
        pages_max=limites.pages,
        bornes=limites.lecture,
        reconnaitre=False,
    )
    return "\n".join(lu.pages)


def garder(
    lue: Lecture, recu: Recu, verdict: Verdict, *, dossier: Path, territoire: str, survenu_le: datetime
) -> DocumentRecu:
    """Keep a file that was read and is not infected. Raises :class:`MagasinMuet`, and then nothing of it is kept."""
    parties = lue.parties
    if verdict is Verdict.MUET:
        parties = (*parties, PartieLue(Part.RECU, recu.chemin, "application/octet-stream"))
    contenus, chemins = _contenus(parties, territoire=territoire)
    document_id, objets = inscrire_reception(
        Entete(recu.empreinte, recu.nom, lue.mime, recu.taille, lue.nombre_pages),
        contenus,
        territoire=territoire,
        magasin=Magasin(settings.MAGASIN_DES_DOCUMENTS),
        survenu_le=survenu_le,
    )
    try:
        entier = _poser_tous(objets, chemins, dossier=dossier)
    except MagasinEnPanne as exc:
        if settings.EFFACE_LES_DOCUMENTS:
            demander_effacement([document_id], territoire=territoire, survenu_le=survenu_le)
        raise MagasinMuet from exc
    antivirus_le = survenu_le if verdict is Verdict.SAIN else None
    etat = conclure_reception(document_id, antivirus_le=antivirus_le) if entier else None
    if etat is None:
        raise MagasinMuet
    return DocumentRecu(document_id, lue.mime, recu.taille, lue.nombre_pages, etat, recu.empreinte.hex())


def ajouter(document_id: uuid.UUID, parties: Sequence[PartieLue], *, territoire: str) -> None:
    """Keep parts made after the reception, a text read for instance; those that the document has stay as they are.

    Raises ``DocumentIndisponible``, or :class:`MagasinMuet`, and then none of those parts is kept.
    """
    contenus, chemins = _contenus(parties, territoire=territoire)
    objets = ajouter_parties(
        document_id, contenus, territoire=territoire, magasin=Magasin(settings.MAGASIN_DES_DOCUMENTS)
    )
    with dossier_de_travail() as dossier:
        try:
            _poser_tous(objets, chemins, dossier=dossier)
        except MagasinEnPanne as exc:
            retirer_sans_octets(document_id, [o.id for o in objets.values()], survenu_le=horloge.maintenant())
            raise MagasinMuet from exc


def _copier(flux: BinaryIO, vers: Path, *, octets_max: int) -> tuple[bytes, int]:
    empreinte, taille = hashlib.sha256(), 0
    with vers.open("wb") as copie:
        while octets := flux.read(MORCEAU):
            taille += len(octets)
            if taille > octets_max:
                raise DocumentTropLourd(octets_max)
            empreinte.update(octets)
            copie.write(octets)
    if not taille:
        raise DocumentVide
    return empreinte.digest(), taille


def _contenus(parties: Sequence[PartieLue], *, territoire: str) -> tuple[list[Contenu], dict[bytes, Path]]:
    contenus, chemins = [], {}
    for partie in parties:
        empreinte, taille = empreinte_de(partie.chemin, territoire=territoire)
        contenus.append(Contenu(partie.part, partie.rang, partie.mime, empreinte, taille))
        chemins[empreinte] = partie.chemin
    return contenus, chemins


def _poser_tous(objets: dict[bytes, Objet], chemins: dict[bytes, Path], *, dossier: Path) -> bool:
    return poser([(objet, chemins[empreinte]) for empreinte, objet in objets.items()], dossier=dossier)
