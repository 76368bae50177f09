"""Whether a change is drawn to be read again: by its fingerprint, so that nobody chooses."""

import hmac
import uuid

OCTETS = 8  # of the fingerprint that draws


def est_tiree(identite_id: uuid.UUID, part: float, *, cle: bytes) -> bool:
    """Whether a change is among those read again: drawn from its identifier, so that nobody chooses which, and a second
    draw gives the same answer.

    ``cle``: a secret of the service; the person who decides sees the identifier, and would know which decisions are
    read again.
    """
    tirage = hmac.digest(cle, identite_id.bytes, "sha256")[:OCTETS]
    return bool(int.from_bytes(tirage, "big") < part * 2 ** (8 * OCTETS))
