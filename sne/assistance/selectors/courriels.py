"""E-mails left for somebody to see to, as the second level reads them."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sne.assistance.models import CourrielRecu
from sne.socle.chiffrement import dechiffrer
from sne.socle.lignes import trouver

AU_PLUS = 50
MOTIFS = {
    "INCONNU": "Adresse de réponse ou expéditeur non reconnus",
    "VIDE": "Aucun texte",
    "REFUSE": "Cette personne ne peut plus écrire dans la demande, ou son texte est trop long",
}


@dataclass(frozen=True, slots=True)
class CourrielARattacher:
    """One of them: who says to have sent it, its subject, its words, masked."""

    id: uuid.UUID
    expediteur: str
    objet: str
    texte: str
    motif: str
    recu_le: datetime


def lie_a(courriel_id: uuid.UUID) -> bytes:
    """What ties a ciphertext to its row."""
    return b"assistance:courriel:" + courriel_id.bytes


def get_a_rattacher(courriel_id: uuid.UUID) -> CourrielRecu:
    """Locked for the caller's act. Raises ``Introuvable``."""
    return trouver(
        _restants().select_for_update(of=("self",)).filter(id=courriel_id), "Ce courriel n’attend plus rien."
    )


def list_a_rattacher() -> tuple[CourrielARattacher, ...]:
    """The oldest first, so many at most: those that follow come as these are seen to. For who may see them, which the
    caller has asked.
    """
    return tuple(lire_a_rattacher(c) for c in _restants().order_by("recu_le", "id")[:AU_PLUS])


def compter_a_rattacher() -> int:
    """How many there are in all."""
    return _restants().count()


def lire_a_rattacher(courriel: CourrielRecu) -> CourrielARattacher:
    """One that is still kept."""
    assert courriel.lu is not None
    mots = json.loads(dechiffrer(bytes(courriel.lu), lie_a=lie_a(courriel.id)))
    motif = MOTIFS.get(courriel.motif, courriel.motif)
    return CourrielARattacher(id=courriel.id, motif=motif, recu_le=courriel.recu_le, **mots)


def _restants() -> QuerySet[CourrielRecu]:
    return CourrielRecu.objects.filter(issue="A_RATTACHER", traite_le=None, lu__isnull=False)
