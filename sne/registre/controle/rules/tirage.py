"""Whether a change is drawn to be read again: by its fingerprint, so that nobody chooses."""

import hmac
import uuid

OCTETS = 8  # of the fingerprint that draws


def est_tiree(identite_id: uuid.UUID, part: float, *, cle: bytes) -> bool:
    """Whether a change is among those read again: by its identifier, so that nobody chooses, nor draws twice.

    ``cle``: a secret of the service; whoever decides reads the identifier, and would know what is read after them.
    """
    tirage = hmac.digest(cle, identite_id.bytes, "sha256")[:OCTETS]
    return bool(int.from_bytes(tirage, "big") < part * 2 ** (8 * OCTETS))
