"""What a call to a subscriber says, when it is tried again, what its answer means. Pure."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from standardwebhooks import Webhook

from sne.flux.rules.lignes import Ligne, en_instant

ESSAIS = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""Time before each try, counted from the one before."""
PARTI = 410


class EtatAbonnement(StrEnum):
    """Where a subscription stands."""

    A_CONFIRMER = "A_CONFIRMER"
    ACTIF = "ACTIF"
    SUSPENDU = "SUSPENDU"
    FERME = "FERME"


class EtatLivraison(StrEnum):
    """Where the delivery of one line stands."""

    EN_ATTENTE = "EN_ATTENTE"
    LIVREE = "LIVREE"
    ECHOUEE = "ECHOUEE"


def est_recue(statut: int | None) -> bool:
    """Whether the subscriber has it; ``None``: it did not answer."""
    return statut is not None and 200 <= statut < 300


def prochain_essai(faits: int, le: datetime) -> datetime | None:
    """When to try again after so many tries; ``None``: no more."""
    return le + ESSAIS[faits] if faits < len(ESSAIS) else None


def corps_d_une_ligne(ligne: Ligne, nud: str | None) -> dict[str, Any]:
    """The body of a call: the line, as the feed gives it."""
    data = {
        "territoire": ligne.territoire,
        "serie": ligne.serie,
        "numero": ligne.numero,
        "demande": str(ligne.demande),
        "revision": ligne.revision,
        **({"nud": nud} if nud else {}),
    }
    return {"type": ligne.type, "timestamp": en_instant(ligne.survenu_le), "data": data}


def identifiant(ligne: Ligne) -> str:
    """``flux:099:1205``; a series other than that of the demandes is named: ``flux:099:dalo:3``."""
    serie = "" if ligne.serie == "demandes" else f"{ligne.serie}:"
    return f"flux:{ligne.territoire}:{serie}{ligne.numero}"


def corps_d_un_defi(defi: str) -> dict[str, Any]:
    """What the receiver has to give back, as ``{"defi": …}``."""
    return {"type": "abonnement.defi", "data": {"defi": defi}}


def corps_d_un_essai(abonnement: uuid.UUID) -> dict[str, Any]:
    """A call that says nothing of any demande."""
    return {"type": "abonnement.essai", "data": {"abonnement": str(abonnement)}}


def est_relevee(recu: bytes, defi: str) -> bool:
    """Whether an answer gives the challenge back."""
    try:
        lu = json.loads(recu)
    except ValueError:
        return False
    return isinstance(lu, dict) and lu.get("defi") == defi


def signer(
    cle: str, corps: dict[str, Any], secrets: list[str], *, le: datetime
) -> tuple[bytes, dict[str, str]]:
    """Bytes and headers of a call (Standard Webhooks 1.0.0): one signature for each secret in force."""
    texte = json.dumps(corps, separators=(",", ":"), ensure_ascii=False)
    instant = le.astimezone(UTC)  # the library takes the hour as it is written for that of Greenwich
    signatures = " ".join(Webhook(secret).sign(cle, instant, texte) for secret in secrets)
    entetes = {
        "webhook-id": cle,
        "webhook-timestamp": str(int(instant.timestamp())),
        "webhook-signature": signatures,
        "Content-Type": "application/json",
    }
    return texte.encode(), entetes
