"""E-mails left for somebody to see to, as the second level reads them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

from sne.assistance.models import CourrielRecu
from sne.socle.chiffrement import dechiffrer
from sne.socle.erreurs import Introuvable
from sne.textes.rules import masquer_nir

MOTIFS = {
    "INCONNU": "Adresse de réponse ou expéditeur non reconnus",
    "VIDE": "Aucun texte",
    "REFUSE": "Cette personne ne peut plus écrire dans la demande",
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
    trouves = CourrielRecu.objects.select_for_update(of=("self",))
    courriel = trouves.filter(id=courriel_id, issue="A_RATTACHER", traite_le=None).first()
    if courriel is None:
        raise Introuvable("Ce courriel n’attend plus rien.")
    return courriel


def list_a_rattacher() -> tuple[CourrielARattacher, ...]:
    """The oldest first; for who may see them, which the caller has asked."""
    restants = CourrielRecu.objects.filter(issue="A_RATTACHER", traite_le=None, brut__isnull=False)
    return tuple(_lu(c) for c in restants.order_by("recu_le", "id")[:50])


def _lu(courriel: CourrielRecu) -> CourrielARattacher:
    brut = courriel.brut
    assert brut is not None
    lu = message_from_bytes(dechiffrer(bytes(brut), lie_a=lie_a(courriel.id)), policy=policy.default)
    corps = lu.get_body(("plain",))
    return CourrielARattacher(
        id=courriel.id,
        expediteur=str(lu.get("From", ""))[:120],
        objet=masquer_nir(str(lu.get("Subject", "")))[:200],
        texte=masquer_nir(str(corps.get_content()))[:2000] if corps else "",
        motif=MOTIFS.get(courriel.motif, courriel.motif),
        recu_le=courriel.recu_le,
    )
