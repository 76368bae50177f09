"""Encryption of stored objects: one key per object, wrapped by the key of its territory; content in sealed chunks.

The territory's key is derived (HKDF-SHA-256) from a numbered master key of the environment, so a blob is of no use
without the row that holds its wrapped key, nor the row without the environment. Format of a blob: ``SNE1``, then
chunks of 64 KiB of clear text, each AES-256-GCM output (16 bytes more). The nonce of a chunk is its rank and whether it
is the last: chunks cannot be dropped, moved or added. Territory and object are associated data: a blob moved to another
object does not open. An object's key only ever encrypts this object's content, hence the fixed nonces, and writing an
object twice writes the same bytes.
"""

import hashlib
import hmac
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from sne.socle.chiffrement import Indechiffrable, chiffrer, cle_pour, dechiffrer

ENTETE = b"SNE1"
MORCEAU = 64 * 1024  # bytes of clear text
SCEAU = 16  # bytes that sealing adds to a chunk
TAILLE_NONCE = 12


@dataclass(frozen=True, slots=True)
class CleEmballee:
    """The key of an object as its row holds it."""

    octets: bytes
    version: int


def version_courante() -> int:
    """Number of the master key that new objects are wrapped with: the highest known."""
    return max(settings.CLES_DOCUMENTS)


@lru_cache(maxsize=256)
def _deriver(maitresse: bytes, territoire: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"sne:documents:" + territoire.encode()).derive(maitresse)


def _cle_du_territoire(territoire: str, version: int) -> AESGCM:
    try:
        maitresse = settings.CLES_DOCUMENTS[version]
    except KeyError:
        raise Indechiffrable(f"unknown master key {version}: see SNE_CLES_DOCUMENTS") from None
    return AESGCM(_deriver(maitresse, territoire))


def _lien(territoire: str, objet_id: uuid.UUID) -> bytes:
    return b"objet:" + territoire.encode() + b":" + objet_id.bytes


def nouvelle_cle() -> bytes:
    """A key for one object, never used for another content."""
    return AESGCM.generate_key(bit_length=256)


def emballer(cle: bytes, *, territoire: str, objet_id: uuid.UUID) -> CleEmballee:
    """Wrap an object's key with the current key of its territory."""
    version = version_courante()
    nonce = os.urandom(TAILLE_NONCE)
    lie_a = _lien(territoire, objet_id) + bytes([version])
    return CleEmballee(nonce + _cle_du_territoire(territoire, version).encrypt(nonce, cle, lie_a), version)


def deballer(emballee: CleEmballee, *, territoire: str, objet_id: uuid.UUID) -> bytes:
    """The object's key. Raises :class:`Indechiffrable`: altered, another object's, or a master key that is gone."""
    lie_a = _lien(territoire, objet_id) + bytes([emballee.version])
    nonce, corps = emballee.octets[:TAILLE_NONCE], emballee.octets[TAILLE_NONCE:]
    try:
        return _cle_du_territoire(territoire, emballee.version).decrypt(nonce, corps, lie_a)
    except InvalidTag as exc:
        raise Indechiffrable("altered key, or key of another object") from exc


def taille_chiffree(taille: int) -> int:
    """Bytes of a blob whose clear content has ``taille`` bytes."""
    return len(ENTETE) + taille + SCEAU * max(1, -(-taille // MORCEAU))


def _nonce(rang: int, *, dernier: bool) -> bytes:
    return rang.to_bytes(TAILLE_NONCE - 1, "big") + bytes([dernier])


def chiffrer_flux(source: BinaryIO, *, cle: bytes, territoire: str, objet_id: uuid.UUID) -> Iterator[bytes]:
    """The blob of a clear stream, a chunk at a time: memory is that of two chunks."""
    boite, lie_a = AESGCM(cle), ENTETE + _lien(territoire, objet_id)
    yield ENTETE
    rang, morceau = 0, source.read(MORCEAU)
    while True:
        suivant = source.read(MORCEAU) if len(morceau) == MORCEAU else b""
        yield boite.encrypt(_nonce(rang, dernier=not suivant), morceau, lie_a)
        if not suivant:
            return
        rang, morceau = rang + 1, suivant


def dechiffrer_flux(
    blob: Iterable[bytes], *, cle: bytes, territoire: str, objet_id: uuid.UUID
) -> Iterator[bytes]:
    """The clear content, a chunk at a time, each one verified before it is given.

    Raises :class:`Indechiffrable` where the blob was altered, cut short, lengthened or moved.
    """
    boite, lie_a = AESGCM(cle), ENTETE + _lien(territoire, objet_id)
    morceaux = _redecouper(blob, len(ENTETE), MORCEAU + SCEAU)
    if next(morceaux, b"") != ENTETE:
        raise Indechiffrable("not a blob of ours")
    rang, morceau = 0, next(morceaux, b"")
    while True:
        suivant = next(morceaux, b"")
        try:
            yield boite.decrypt(_nonce(rang, dernier=not suivant), morceau, lie_a)
        except (InvalidTag, ValueError) as exc:
            raise Indechiffrable(f"chunk {rang} altered, cut or moved") from exc
        if not suivant:
            return
        rang, morceau = rang + 1, suivant


def _redecouper(blob: Iterable[bytes], premier: int, ensuite: int) -> Iterator[bytes]:
    """The same bytes, first ``premier`` of them, then by ``ensuite``; the last piece is what is left."""
    reserve, voulu = bytearray(), premier
    for octets in blob:
        reserve += octets
        while len(reserve) >= voulu:
            yield bytes(reserve[:voulu])
            del reserve[:voulu]
            voulu = ensuite
    if reserve:
        yield bytes(reserve)


def empreinte_a_cle(territoire: str) -> "hmac.HMAC":
    """A keyed hash (HMAC-SHA-256) to be fed with a content: the same content, the same address in this territory."""
    return hmac.new(cle_pour(f"documents.adresse:{territoire}"), digestmod=hashlib.sha256)


def chiffrer_nom(nom: str, *, document_id: uuid.UUID) -> bytes:
    """The name of a received file, for its row."""
    return chiffrer(nom.encode(), lie_a=b"document.nom:" + document_id.bytes)


def dechiffrer_nom(nom: bytes, *, document_id: uuid.UUID) -> str:
    """The name of a received file, from its row. Raises :class:`Indechiffrable`."""
    return dechiffrer(nom, lie_a=b"document.nom:" + document_id.bytes).decode()
