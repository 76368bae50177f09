"""Signed notes: a text that a person reads, Ed25519 signatures below it, as C2SP « signed-note » has them. Pure."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
TIRET = "— "


class NoteInvalide(ValueError):
    """A note that is no note, or that no expected key signed; the message is a French sentence."""


def en_base64(octets: bytes) -> str:
    """The writing of hashes and signatures in a note."""
    return base64.b64encode(octets).decode()


def de_base64(texte: str) -> bytes:
    """Bytes of a base64 text. Raises :class:`NoteInvalide`."""
    try:
        return base64.b64decode(texte, validate=True)
    except (binascii.Error, ValueError) as exc:
        raise NoteInvalide("Un passage attendu en base64 ne l’est pas.") from exc


@dataclass(frozen=True, slots=True)
class ClePublique:
    """A public key under a name without space nor ``+``; written ``nom+empreinte+base64``."""

    nom: str
    octets: bytes

    @property
    def empreinte(self) -> bytes:
        """Four bytes that recognise the key beside its name."""
        return sha256(self.nom.encode() + b"\n" + ED25519 + self.octets).digest()[:4]

    def __str__(self) -> str:
        return f"{self.nom}+{self.empreinte.hex()}+{en_base64(ED25519 + self.octets)}"

    @classmethod
    def lire(cls, texte: str) -> Self:
        """The key of this text. Raises :class:`NoteInvalide`."""
        nom, _, reste = texte.strip().partition("+")
        empreinte, _, cle = reste.partition("+")
        octets = de_base64(cle)
        lue = cls(nom, octets[1:])
        if octets[:1] != ED25519 or len(octets) != 33 or lue.empreinte.hex() != empreinte:
            raise NoteInvalide("La clé publique est mal recopiée.")
        return lue


@dataclass(frozen=True, slots=True)
class ClePrivee:
    """A signing key: 32 secret bytes under the name of its public key."""

    nom: str
    graine: bytes

    @property
    def publique(self) -> ClePublique:
        return ClePublique(self.nom, self._cle().public_key().public_bytes_raw())

    def _cle(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.graine)

    def signer(self, texte: str) -> str:
        """The line that signs this text."""
        signature = self._cle().sign(texte.encode())
        return f"{TIRET}{self.nom} {en_base64(self.publique.empreinte + signature)}\n"


def signer(texte: str, *cles: ClePrivee) -> str:
    """The note: the text, which ends with a line feed, an empty line, one line for each key."""
    return texte + "\n" + "".join(cle.signer(texte) for cle in cles)


def texte_de(note: str) -> str:
    """What is signed in a note. Raises :class:`NoteInvalide`."""
    texte, separateur, _ = note.rpartition("\n\n")
    if not separateur:
        raise NoteInvalide("Ce texte n’est pas une note signée.")
    return texte + "\n"


def is_signee_par(note: str, cle: ClePublique) -> bool:
    """Whether one of the signatures of the note is of this key, on this text. Raises :class:`NoteInvalide`."""
    texte = texte_de(note)
    for ligne in note[len(texte) + 1 :].splitlines():
        nom, _, signature = ligne.removeprefix(TIRET).partition(" ")
        octets = de_base64(signature)
        if ligne.startswith(TIRET) and nom == cle.nom and octets[:4] == cle.empreinte:
            try:
                Ed25519PublicKey.from_public_bytes(cle.octets).verify(octets[4:], texte.encode())
            except InvalidSignature:
                return False
            return True
    return False
