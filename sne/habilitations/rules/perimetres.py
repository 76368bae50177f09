"""Where a role may be held, and whether two periods of it share a day. Pure."""

from collections.abc import Mapping
from datetime import date

from sne.habilitations.rules.roles import ROLES, Etendue, Role

_FORMES: Mapping[Etendue, tuple[tuple[bool, bool, bool], str]] = {
    Etendue.GUICHET: ((True, True, False), "s’exerce dans un guichet : indiquez lequel, et son territoire"),
    Etendue.TERRITOIRE: (
        (True, False, False),
        "s’exerce dans tout un territoire : indiquez lequel, sans guichet",
    ),
    Etendue.DEPARTEMENT: (
        (True, False, True),
        "s’exerce dans tout un département : indiquez lequel, et son territoire, sans guichet",
    ),
    Etendue.REGION: (
        (False, False, True),
        "s’exerce dans toute une région : indiquez laquelle, sans territoire ni guichet",
    ),
    Etendue.NATION: ((False, False, False), "est national : n’indiquez aucun lieu"),
}
"""Which of a territory, a guichet and a zone each kind of perimeter names, and the sentence that asks for it."""


def perimetre_invalide(role: Role, *, territoire: str, guichet: str, zone: str = "") -> str:
    """The French sentence saying why ``role`` cannot be held there; empty when it can.

    ``zone``: the code of a département, which goes with its territory, or of a region, which goes alone.
    """
    forme, phrase = _FORMES[ROLES[role].etendue]
    if (bool(territoire), bool(guichet), bool(zone)) == forme:
        return ""
    return f"Le rôle « {ROLES[role].nom} » {phrase}."


def se_chevauchent(debut_a: date, fin_a: date | None, debut_b: date, fin_b: date | None) -> bool:
    """Whether two periods (first day included, last one excluded, ``None`` = open) share a day."""
    return (fin_b is None or debut_a < fin_b) and (fin_a is None or debut_b < fin_a)
