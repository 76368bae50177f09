"""Whether a change is drawn to be read again: by its fingerprint, so that nobody chooses."""

import hmac
import uuid

from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.decision import CONTACTS_AUTOUR, Verdict

OCTETS = 8  # of the fingerprint that draws


def part_relue(verdict: Verdict, seuils: Seuils) -> float:
    """Share of the changes like this one that are read again: more of those that passed beside a change of contact."""
    return (
        seuils.relecture_part
        if CONTACTS_AUTOUR.isdisjoint(verdict.clauses)
        else seuils.relecture_contact_part
    )


def est_tiree(identite_id: uuid.UUID, part: float, *, cle: bytes) -> bool:
    """Whether a change is among those read again: drawn from its identifier, so that nobody chooses which, and a second
    draw gives the same answer.

    ``cle``: a secret of the service; the person who decides sees the identifier, and would know which decisions are
    read again.
    """
    tirage = hmac.digest(cle, identite_id.bytes, "sha256")[:OCTETS]
    return bool(int.from_bytes(tirage, "big") < part * 2 ** (8 * OCTETS))
