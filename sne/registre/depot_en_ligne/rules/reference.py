"""How what was sent online is called until it has a number: said on the telephone, typed nowhere. Pure."""

import uuid

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs that nobody takes for one another."""
SIGNES = 8


def reference_de(depot_id: uuid.UUID, territoire: str) -> str:
    """« E-099-7K2M-QX4T »: the territory, and eight signs drawn from the end of the identifier."""
    reste, signes = depot_id.int & ((1 << 60) - 1), ""
    for _ in range(SIGNES):
        reste, rang = divmod(reste, len(ALPHABET))
        signes += ALPHABET[rang]
    return f"E-{territoire}-{signes[:4]}-{signes[4:]}"
