"""Files sent in several goes: what their sender may do next, and how the tus protocol says it. Pure."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sne.documents.rules.refus import DocumentRefuse
from sne.socle.erreurs import Interdit

VERSION_TUS = "1.0.0"
EXTENSIONS_TUS = ("creation", "creation-with-upload", "termination", "expiration", "checksum")
CONTROLES: Mapping[str, str] = {"sha256": "sha256", "sha1": "sha1"}
"""Checksum algorithms, as the protocol names them; every server has to know ``sha1``."""
NOM_MAX = 200
SANS_NOM = "Fichier sans nom"


class RequeteMalFormee(Interdit):
    """A header that the protocol asks for is missing or says nothing."""

    code = "REQUETE_MAL_FORMEE"


class PositionInattendue(Interdit):
    """These bytes do not follow those already here: somebody sent some meanwhile, or an answer was lost."""

    code = "POSITION_INATTENDUE"

    def __init__(self, recu: int) -> None:
        super().__init__(
            "L’envoi de ce fichier a avancé entre-temps\u00a0: il reprend là où il en est.", champ="fichier"
        )
        self.recu = recu


class TropDeTeleversements(Interdit):
    """Too many files begun and not finished."""

    code = "TROP_DE_TELEVERSEMENTS"

    def __init__(self, au_plus: int) -> None:
        super().__init__(
            f"Vous avez déjà {au_plus} envois en attente. Ajoutez-les au dossier ou retirez-en, puis recommencez.",
            champ="fichier",
        )


class TeleversementIncomplet(DocumentRefuse):
    """Some bytes have not come yet."""

    def __init__(self) -> None:
        super().__init__(
            "INCOMPLET",
            "Ce fichier n’est pas arrivé en entier. Choisissez-le de nouveau\u00a0: l’envoi reprend "
            "là où il s’est arrêté.",
        )


@dataclass(frozen=True, slots=True)
class Accueil:
    """Who sends files, what for, and within which limits (dated parameters).

    ``proprietaire`` and ``objet`` are opaque: the interface says who its visitor is and which page the file is for.
    ``octets``: the largest file; ``duree``: how long an upload may stay silent; ``au_plus``: uploads held at once.
    """

    territoire: str
    proprietaire: str
    objet: str
    octets: int
    duree: timedelta
    au_plus: int


@dataclass(frozen=True, slots=True)
class Controle:
    """What the sender says its bytes add up to."""

    algorithme: str
    attendu: bytes

    def est_celui_de(self, octets: bytes) -> bool:
        """Whether these are the bytes that were sent."""
        return hashlib.new(self.algorithme, octets, usedforsecurity=False).digest() == self.attendu


def exiger_suite(*, debut: int, recu: int) -> None:
    """Refuse bytes that do not start where the upload is. Raises :class:`PositionInattendue`."""
    if debut != recu:
        raise PositionInattendue(recu)


def lire_nombre(entete: str | None, *, nom: str) -> int:
    """A count of bytes in a header. Raises :class:`RequeteMalFormee`."""
    if entete is None or not entete.isascii() or not entete.isdigit() or len(entete) > 15:
        raise RequeteMalFormee(f"L’en-tête {nom} doit être un nombre d’octets.", champ=nom)
    return int(entete)


def lire_nom(metadonnees: str) -> str:
    """The file name that ``Upload-Metadata`` gives, without any folder; a plain word when there is none."""
    for couple in metadonnees.split(","):
        cle, _, valeur = couple.strip().partition(" ")
        if cle == "filename":
            return nettoyer_nom(_decoder(valeur, nom="Upload-Metadata").decode(errors="replace"))
    return SANS_NOM


def nettoyer_nom(nom: str) -> str:
    """A file name fit to be shown: the last part of a path, printable signs only, not too long."""
    dernier = nom.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    visible = "".join(signe for signe in dernier if signe.isprintable()).strip()
    return visible[-NOM_MAX:] or SANS_NOM


def lire_controle(entete: str | None) -> Controle | None:
    """The checksum of ``Upload-Checksum``, if any. Raises :class:`RequeteMalFormee`."""
    if entete is None:
        return None
    algorithme, _, valeur = entete.partition(" ")
    if algorithme not in CONTROLES:
        raise RequeteMalFormee(
            f"L’en-tête Upload-Checksum doit nommer l’un de ces algorithmes\u00a0: {', '.join(CONTROLES)}.",
            champ="Upload-Checksum",
        )
    return Controle(CONTROLES[algorithme], _decoder(valeur, nom="Upload-Checksum"))


def _decoder(valeur: str, *, nom: str) -> bytes:
    try:
        return base64.b64decode(valeur, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise RequeteMalFormee(f"L’en-tête {nom} doit être écrit en base 64.", champ=nom) from exc
