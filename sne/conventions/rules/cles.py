"""Keys of agreements: their shape, their checksum, what is kept of them. Pure.

``sne_prod_<8 signs>_<32 signs>_<4 signs>``: environment readable, prefix that leak scanners find, checksum that tells a
mistyped key from an unknown one without asking the database.
"""

import re
from base64 import b32encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Environnement(StrEnum):
    """Where an agreement calls: what is of one is refused by the other."""

    ECOLE = "ecole"
    PRODUCTION = "prod"


NOMS = {Environnement.ECOLE: "École", Environnement.PRODUCTION: "Production"}
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
"""Thirty-two signs: the secret of a key has 160 bits."""
PREFIXE, SECRET, CONTROLE = 8, 32, 4  # signs
_FORME = re.compile(
    rf"sne_(?P<environnement>ecole|prod)_(?P<prefixe>[{ALPHABET}]{{{PREFIXE}}})"
    rf"_[{ALPHABET}]{{{SECRET}}}_(?P<controle>[{ALPHABET}]{{{CONTROLE}}})"
)


@dataclass(frozen=True, slots=True)
class CleLue:
    """A key of the right shape and checksum. ``empreinte``: its SHA-256, 32 bytes, all that is kept of it."""

    environnement: Environnement
    prefixe: str
    empreinte: bytes


def composer(environnement: Environnement, prefixe: str, secret: str) -> str:
    """The key as its holder gets it, once. ``prefixe`` and ``secret``: drawn in :data:`ALPHABET`."""
    corps = f"sne_{environnement}_{prefixe}_{secret}"
    return f"{corps}_{_controle(corps)}"


def lire(texte: str) -> CleLue | None:
    """The key, or nothing when its shape or its checksum is wrong: it was cut, or mistyped."""
    lue = _FORME.fullmatch(texte)
    if lue is None or _controle(texte.rpartition("_")[0]) != lue["controle"]:
        return None
    return CleLue(Environnement(lue["environnement"]), lue["prefixe"], sha256(texte.encode()).digest())


def _controle(corps: str) -> str:
    return b32encode(sha256(corps.encode()).digest()).decode().lower()[:CONTROLE]
