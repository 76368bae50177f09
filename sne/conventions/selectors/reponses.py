"""What a software was answered to a write."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sne.conventions.models import ReponseGardee
from sne.socle.chiffrement import dechiffrer


@dataclass(frozen=True, slots=True)
class ReponseLue:
    """An answer kept. ``empreinte``: SHA-256 of the body that it answered."""

    empreinte: bytes
    statut: int
    entetes: Mapping[str, str]
    corps: bytes


def get_reponse(identifiant: uuid.UUID) -> ReponseLue | None:
    """What was answered under this key; ``None`` when nothing was, or too long ago."""
    gardee = ReponseGardee.objects.filter(id=identifiant).first()
    if gardee is None:
        return None
    lue = json.loads(dechiffrer(bytes(gardee.contenu), lie_a=identifiant.bytes))
    return ReponseLue(bytes(gardee.empreinte), gardee.statut, lue["entetes"], lue["corps"].encode())
