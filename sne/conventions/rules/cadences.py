"""How often an agreement may call: groups of calls, and what an answer says of them. Pure.

A row per agreement and group holds one instant, at which its credit would be whole again (generic cell rate algorithm):
a call moves it by ``minute / limit``, and is refused when that would put it more than a minute ahead.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MINUTE = timedelta(minutes=1)


class Groupe(StrEnum):
    """Kinds of call, each with its own rate."""

    LECTURE = "LECTURE"
    ECRITURE = "ECRITURE"
    RECHERCHE = "RECHERCHE"
    DOCUMENT = "DOCUMENT"
    FLUX = "FLUX"


GROUPES = {
    Groupe.LECTURE: "lectures",
    Groupe.ECRITURE: "écritures",
    Groupe.RECHERCHE: "recherches",
    Groupe.DOCUMENT: "documents",
    Groupe.FLUX: "flux",
}


@dataclass(frozen=True, slots=True)
class Cadence:
    """Figures of the ``RateLimit`` headers: calls a minute, calls left now, Unix time when all are there again.

    ``attendre``: whole seconds before the next call may pass; nought when this one did.
    """

    limite: int
    restant: int
    retablie: int
    attendre: int = 0

    def entetes(self) -> dict[str, str]:
        """The headers of an answer."""
        dits = {
            "RateLimit-Limit": str(self.limite),
            "RateLimit-Remaining": str(self.restant),
            "RateLimit-Reset": str(self.retablie),
        }
        return dits | {"Retry-After": str(self.attendre)} if self.attendre else dits


def cadence_de(*, limite: int, plein_le: datetime, instant: datetime, passe: bool) -> Cadence:
    """What is left of ``limite`` calls a minute at ``instant``. ``plein_le``: when the credit is whole again."""
    pas = MINUTE / limite
    avance = max(plein_le - instant, timedelta(0))
    attendre = 0 if passe else max(1, math.ceil((avance + pas - MINUTE).total_seconds()))
    return Cadence(
        limite=limite,
        restant=max(0, math.floor((MINUTE - avance) / pas + 1e-9)) if passe else 0,
        retablie=math.ceil(max(plein_le, instant).timestamp()),
        attendre=attendre,
    )
