"""What a save does to the way back to a demande that is being typed: an e-mail, a birth date, two words. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reprise:
    """``proteger``: two words close the way; ``deplacer``: it is another one from now on."""

    proteger: bool
    deplacer: bool


def reprise_due(avant: date | None, naissance: date | None, *, secrete: bool) -> Reprise | None:
    """What is due once these birth dates were typed, before and now; ``secrete``: its reasons silence its addresses.

    ``None``: nothing leads there without a birth date, and nothing moves.
    """
    if naissance is None or not (secrete or avant != naissance):
        return None
    return Reprise(proteger=secrete, deplacer=avant != naissance)


def mots_dus(naissance: date | None, *, secrete: bool) -> Reprise | None:
    """The same for who has lost the words: others, in place of those that were given, where some protect it."""
    return Reprise(proteger=True, deplacer=True) if naissance is not None and secrete else None
