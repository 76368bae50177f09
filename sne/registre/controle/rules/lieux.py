"""Where somebody was born: two writings of one place are one, through mergers, districts and past territories. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sne.referentiels.rules import CommuneChoix

ALGERIE, MAROC, TUNISIE = "99352", "99350", "99351"
DU_PASSE = {
    "91352": ALGERIE,
    "92352": ALGERIE,
    "93352": ALGERIE,
    "94352": ALGERIE,
    "95350": MAROC,
    "96351": TUNISIE,
}
"""Codes of births before independence (INSEE, code officiel géographique, territories that are French no more)."""
MEME_TERRITOIRE = (
    {"99123", "99155", "99148", "99151", "99106", "99107", "99108", "99252", "99253", "99255"}
    | {"99256", "99257", "99258", "99259", "99260"},  # the Soviet Union
    {"99118", "99119", "99120", "99121", "99145", "99156", "99157"},  # Yugoslavia
    {"99116", "99117"},  # Czechoslovakia
    {"99315", "99317"},
    {"99343", "99349"},
    {"99213", "99246"},
    {"99231", "99262"},
    {"97123", "97701"},  # Saint-Barthélemy, of Guadeloupe until 2007
    {"97127", "97801"},  # Saint-Martin
)
"""Places that were one territory when somebody still alive was born there; the register may bear either."""


class Communes(Protocol):
    """What is asked of the geography."""

    def commune_actuelle(self, code: str) -> CommuneChoix | None: ...


@dataclass(frozen=True, slots=True)
class Lieu:
    """``code``: the town of today, the country, or the code as it was written when nobody knows it; empty: unknown."""

    code: str = ""

    @property
    def connu(self) -> bool:
        return bool(self.code)

    @property
    def territoires(self) -> frozenset[str]:
        """The territories that this place was of: two places that share one may be the same."""
        return frozenset(_territoires(DU_PASSE.get(self.code, self.code)))


def _territoires(code: str) -> Iterator[str]:
    yield code
    for territoire in MEME_TERRITOIRE:
        if code in territoire:
            yield min(territoire)


def lire_lieu(commune: str, pays: str, communes: Communes) -> Lieu:
    """The place of birth of these codes of INSEE, either of which may be empty."""
    if not commune:
        return Lieu(pays)
    actuelle = communes.commune_actuelle(commune)
    return Lieu(commune if actuelle is None else actuelle.parent or actuelle.code)
