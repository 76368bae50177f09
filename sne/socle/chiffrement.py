"""Encryption at rest of the NIR, of drafts, messages and second factors; keyed fingerprints; keys derived for one use.

Format of a ciphertext: one byte of key number, 12 bytes of nonce, AES-256-GCM output. The associated data ties a
ciphertext to its row, so that a value copied onto another row does not open.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

TAILLE_NONCE = 12
MARQUE = "$"  # before a ciphertext kept as text


class Indechiffrable(ValueError):
    """The ciphertext was altered, moved to another row, or written with an unknown key."""


def chiffrer(clair: bytes, *, lie_a: bytes) -> bytes:
    """Encrypt ``clair`` for the row named by ``lie_a`` (associated data)."""
    nonce, numero = os.urandom(TAILLE_NONCE), max(settings.CLES_NIR)
    return bytes([numero]) + nonce + AESGCM(settings.CLES_NIR[numero]).encrypt(nonce, clair, lie_a)


def dechiffrer(chiffre: bytes, *, lie_a: bytes) -> bytes:
    """Decrypt; raises :class:`Indechiffrable` when the value was altered or belongs to another row."""
    chiffre = bytes(chiffre)
    if not chiffre or chiffre[0] not in settings.CLES_NIR:
        raise Indechiffrable("unknown key number")
    nonce, corps = chiffre[1 : 1 + TAILLE_NONCE], chiffre[1 + TAILLE_NONCE :]
    try:
        return AESGCM(settings.CLES_NIR[chiffre[0]]).decrypt(nonce, corps, lie_a)
    except InvalidTag as exc:
        raise Indechiffrable("altered value, or value of another row") from exc


def chiffrer_en_texte(clair: bytes, *, lie_a: bytes) -> str:
    """The same for a column of text that is not ours to change: a mark that no hexadecimal bears, then base64."""
    return MARQUE + b64encode(chiffrer(clair, lie_a=lie_a)).decode("ascii")


def dechiffrer_du_texte(texte: str, *, lie_a: bytes) -> bytes:
    """What such a column holds; what was written in hexadecimal before it was encrypted is read as it is.

    Raises :class:`Indechiffrable`.
    """
    if not texte.startswith(MARQUE):
        return bytes.fromhex(texte)
    return dechiffrer(b64decode(texte.removeprefix(MARQUE)), lie_a=lie_a)


def empreinte_nir(nir: str) -> bytes:
    """Keyed fingerprint (HMAC-SHA-256, 32 bytes) of a normalised NIR: 15 signs, no space."""
    return hmac.digest(settings.CLE_NIR_EMPREINTE, nir.encode("ascii"), hashlib.sha256)


def cle_pour(usage: str) -> bytes:
    """A key of 32 bytes for one use, derived from the one of the fingerprints, which never changes."""
    return _derivee(settings.CLE_NIR_EMPREINTE, usage)


@cache
def _derivee(cle: bytes, usage: str) -> bytes:
    """Derived once in a process: each fingerprint asks for its own."""
    return hmac.digest(cle, b"sne:cle:" + usage.encode(), hashlib.sha256)


def empreinte(valeur: str, *, usage: str) -> bytes:
    """Keyed fingerprint (32 bytes) of a text, comparable within one use only."""
    return hmac.digest(cle_pour(usage), valeur.encode(), hashlib.sha256)
