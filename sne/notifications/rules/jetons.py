"""The return address of a message: a token that only we can make, so that nobody switches a household to paper."""

import base64
import hashlib
import hmac
import re
import uuid

LONGUEUR_SCEAU = 10  # bytes of the HMAC kept: 80 bits
PREFIXE = "retour+"
JETON = re.compile(r"[+<]([a-z2-7]{42})@", re.IGNORECASE)  # in the return address, or in our Message-ID


def jeton(message_id: uuid.UUID, *, cle: bytes) -> str:
    """Identifier and seal of a message in 42 signs, the same in capitals: mail servers do not keep the case."""
    brut = message_id.bytes + _sceau(message_id, cle)
    return base64.b32encode(brut).decode("ascii").rstrip("=").lower()


def lire_jeton(texte: str, *, cle: bytes) -> uuid.UUID | None:
    """The message that a token names; ``None`` when it was not made with this key."""
    try:
        brut = base64.b32decode(texte.upper() + "=" * (-len(texte) % 8))
    except ValueError:
        return None
    if len(brut) != 16 + LONGUEUR_SCEAU:
        return None
    message_id = uuid.UUID(bytes=brut[:16])
    return message_id if hmac.compare_digest(brut[16:], _sceau(message_id, cle)) else None


def adresse_de_retour(message_id: uuid.UUID, *, cle: bytes, domaine: str) -> str:
    """``retour+<token>@domain``: the envelope sender."""
    return f"{PREFIXE}{jeton(message_id, cle=cle)}@{domaine}"


def _sceau(message_id: uuid.UUID, cle: bytes) -> bytes:
    return hmac.digest(cle, message_id.bytes, hashlib.sha256)[:LONGUEUR_SCEAU]
