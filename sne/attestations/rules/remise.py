"""How an attestation reaches the household, and when handing it over is refused."""

from collections.abc import Mapping
from enum import StrEnum


class CanalRemise(StrEnum):
    """How an attestation is given."""

    GUICHET = "GUICHET"
    COURRIEL = "COURRIEL"
    COURRIER = "COURRIER"


LIBELLES_CANAL_REMISE: Mapping[CanalRemise, str] = {
    CanalRemise.GUICHET: "Au guichet",
    CanalRemise.COURRIEL: "Par courriel",
    CanalRemise.COURRIER: "Par courrier",
}


def canal_prevu(*, au_guichet: bool, courriel: bool, accompagne: bool) -> CanalRemise:
    """How it should be given: by hand if asked for at a counter, by e-mail when there is an address, else by post.

    A household that is helped in its steps also gets the paper (decision of the national operator, 2024).
    """
    if au_guichet:
        return CanalRemise.GUICHET
    return CanalRemise.COURRIEL if courriel and not accompagne else CanalRemise.COURRIER


def refus_de_remise(*, remplacee: bool) -> str:
    """The French sentence saying why it may not be handed over; empty when it may."""
    if remplacee:
        return "Cette attestation a été remplacée. Remettez la plus récente."
    return ""
