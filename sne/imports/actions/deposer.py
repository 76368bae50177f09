"""Receiving a file: its bytes are kept as they come, a piece at a time, and its job is queued."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from sne.conventions.actions import Appelant
from sne.imports import policies
from sne.imports.actions.file import mettre_en_file
from sne.imports.actions.tranches import ecrire_tranche
from sne.imports.models import Import
from sne.imports.possible import PAS_LA_VOTRE
from sne.imports.rules.formats import Compression, Format
from sne.imports.selectors import taille_admise
from sne.imports.verbes import VerbeImport
from sne.journal.actions import inscrire
from sne.journal.rules import Entree
from sne.socle.acte import Acte
from sne.socle.erreurs import Refus, require
from sne.socle.horloge import jour

MORCEAU = 1 << 20  # bytes of one piece
LECTURE = 1 << 16


@dataclass(frozen=True, slots=True)
class Fichier:
    """What is sent. ``lire``: at most so many bytes, none at the end; ``annonce``: bytes told."""

    format: Format
    compression: Compression
    lire: Callable[[int], bytes]
    annonce: int
    essai: bool = False


class FichierTropLourd(Refus):
    """More bytes than an import may have (HTTP 413)."""

    code = "FICHIER_TROP_LOURD"


class FichierIncomplet(Refus):
    """Fewer bytes came than were announced, or none (HTTP 400)."""

    code = "CORPS_INCOMPLET"


class AutreFichier(Refus):
    """The key was used for another file (HTTP 422)."""

    code = "CLE_IDEMPOTENCE_DIFFERENTE"


@transaction.atomic
def deposer_import(import_id: uuid.UUID, fichier: Fichier, *, de: Appelant, acte: Acte) -> uuid.UUID:
    """Keep a file and queue it; the same file under the same id is the same import, sent again.

    Raises ``NonHabilite``, ``FichierTropLourd``, ``FichierIncomplet``, ``AutreFichier``.
    """
    convention, acteur = de.identite.convention, acte.acteur
    require(policies.can_importer(acteur, compte=convention.compte_id), PAS_LA_VOTRE)
    assert de.identite.cle is not None  # this door wants a key
    deja = Import.objects.filter(id=import_id).first()
    au_plus = taille_admise(jour(acte.survenu_le))
    if fichier.annonce > au_plus:
        raise _trop_lourd(au_plus)
    recu = Import(
        id=import_id,
        convention=convention,
        cle=de.identite.cle,
        certificat=de.identite.certificat,
        territoire=acteur.territoire,
        guichet=acteur.guichet,
        agent=acteur.agent,
        format=fichier.format.value,
        compression=fichier.compression.value,
        essai=fichier.essai,
        empreinte=b"",
        octets=0,
        depose_le=acte.survenu_le,
    )
    if deja:
        _exiger_le_meme(deja, fichier, au_plus)
        return deja.id
    _garder(recu, fichier, au_plus)
    faits = {"convention": str(convention.id), "import": str(recu.id), "essai": recu.essai}
    inscrire(Entree(VerbeImport.DEPOSER_IMPORT, acte, territoire=recu.territoire, faits=faits))
    mettre_en_file(convention.id, recu.territoire)
    return recu.id


def _garder(recu: Import, fichier: Fichier, au_plus: int) -> None:
    """Pieces are written under the id before its row, whose key is checked at the end of the transaction."""
    empreinte = hashlib.sha256()
    for rang, morceau in enumerate(_morceaux(fichier, au_plus)):
        empreinte.update(morceau)
        recu.octets += len(morceau)
        ecrire_tranche(recu, rang, morceau, recue=True)
    recu.empreinte = empreinte.digest()
    recu.save(force_insert=True)


def _exiger_le_meme(deja: Import, fichier: Fichier, au_plus: int) -> None:
    empreinte = hashlib.sha256()
    for morceau in _morceaux(fichier, au_plus):
        empreinte.update(morceau)
    if empreinte.digest() != bytes(deja.empreinte):
        raise AutreFichier(
            "Cette clé d’idempotence a déjà servi pour un autre fichier. Tirez-en une nouvelle."
        )


def _morceaux(fichier: Fichier, au_plus: int) -> Iterator[bytes]:
    """The bytes, by pieces. Raises ``FichierTropLourd``, ``FichierIncomplet``."""
    tampon, recus = bytearray(), 0
    while octets := fichier.lire(LECTURE):
        recus += len(octets)
        if recus > au_plus:
            raise _trop_lourd(au_plus)
        tampon += octets
        if len(tampon) >= MORCEAU:
            yield bytes(tampon)
            tampon = bytearray()
    if tampon:
        yield bytes(tampon)
    if not recus or recus != fichier.annonce:
        raise FichierIncomplet("Le fichier n’est pas arrivé en entier, ou il est vide. Renvoyez-le.")


def _trop_lourd(au_plus: int) -> FichierTropLourd:
    return FichierTropLourd(f"Le fichier dépasse {au_plus >> 20} mébioctets. Compressez-le, ou coupez-le.")
