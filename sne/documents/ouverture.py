"""Opening a part of a document: decrypted, watermarked. The caller has asked the policy and journalled the read."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sne.documents import objets
from sne.documents.lecture import depot as lecture
from sne.documents.magasins import Absent, MagasinEnPanne
from sne.documents.models import Objet
from sne.documents.rules import (
    SANS_LECTURE,
    DocumentIndisponible,
    EtatDocument,
    Filigrane,
    MagasinIndisponible,
    Part,
    exiger_lisible,
)
from sne.documents.selectors import get_etat, get_partie
from sne.documents.travail import dossier_de_travail
from sne.socle.chiffrement import Indechiffrable
from sne.socle.erreurs import Introuvable

JOURNAL = logging.getLogger(__name__)
MORCEAU = 64 * 1024
FILIGRANABLES = frozenset({Part.ORIGINAL, Part.PAGE, Part.VIGNETTE})
EN_PANNE = "L’espace où sont gardés les documents ne répond pas. Réessayez dans quelques minutes."
ABIME = "Ce document ne peut pas être ouvert\u00a0: son contenu a été altéré ou perdu. Signalez-le à l’assistance."


@dataclass(frozen=True, slots=True)
class Ouvert:
    """A part being read: its type, and its bytes, a piece at a time."""

    mime: str
    octets: Iterator[bytes]


def ouvrir(
    document_id: uuid.UUID, *, territoire: str, part: Part, rang: int = 0, filigrane: Filigrane | None
) -> Ouvert:
    """Open one part; ``filigrane=None`` is for the service's own reading, never for a person's eyes.

    Raises ``Introuvable`` or ``Efface`` (no such part in this territory, or erased), ``DocumentIndisponible`` (not
    received whole, quarantine, infected) or ``MagasinIndisponible`` (the store does not answer, or an altered object).
    """
    etat = get_etat(document_id, territoire=territoire)
    if etat is None:
        raise Introuvable("Ce document n’existe pas dans ce territoire.")
    exiger_lisible(etat, part)
    trouvee = get_partie(document_id, part=part, rang=rang)
    if trouvee is None:
        raise Introuvable("Ce document n’a pas cette page.")
    objet, mime = trouvee
    if objet.pose_le is None:
        raise DocumentIndisponible(SANS_LECTURE[EtatDocument.RECEPTION])
    if filigrane is None or part not in FILIGRANABLES:
        return Ouvert(mime, amorcer(_lire(objet)))
    return Ouvert(mime, amorcer(_avec_filigrane(objet, mime, filigrane)))


def _lire(objet: Objet) -> Iterator[bytes]:
    try:
        yield from objets.lire(objet)
    except (MagasinEnPanne, OSError) as exc:
        JOURNAL.warning("magasin muet", extra={"objet": str(objet.id), "panne": type(exc).__name__})
        raise MagasinIndisponible(EN_PANNE) from exc
    except (Absent, Indechiffrable) as exc:
        JOURNAL.error("objet perdu ou altéré", extra={"objet": str(objet.id), "panne": type(exc).__name__})
        raise MagasinIndisponible(ABIME) from exc


def _avec_filigrane(objet: Objet, mime: str, filigrane: Filigrane) -> Iterator[bytes]:
    with dossier_de_travail() as dossier:
        source, marque = dossier / "source", dossier / "marque"
        with source.open("wb") as copie:
            for octets in _lire(objet):
                copie.write(octets)
        lecture.filigraner(source, marque, mime=mime, filigrane=filigrane)
        with marque.open("rb") as flux:
            while octets := flux.read(MORCEAU):
                yield octets


def amorcer(octets: Iterator[bytes]) -> Iterator[bytes]:
    """Read the first piece now, so that what fails does before an answer has begun."""
    return chain([next(octets, b"")], octets)
