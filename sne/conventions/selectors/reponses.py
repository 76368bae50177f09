"""What a software was answered to a write."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sne.socle.chiffrement import dechiffrer


@dataclass(frozen=True, slots=True)
class ReponseLue:
    """An answer kept. ``empreinte``: SHA-256 of the body that it answered."""

    empreinte: bytes
    statut: int
    entetes: Mapping[str, str]
    corps: bytes


def lire_reponse(identifiant: uuid.UUID, empreinte: bytes, statut: int, contenu: bytes) -> ReponseLue:
    """What a row of ``reponse_gardee`` says."""
    lue = json.loads(dechiffrer(bytes(contenu), lie_a=identifiant.bytes))
    return ReponseLue(bytes(empreinte), statut, lue["entetes"], lue["corps"].encode())
