"""Whether what is typed on a page may be told to a service outside: the page says so, and must still be right."""

import uuid

from sne.registre.modification.selectors.brouillons import is_reste_tel_quel

DEHORS = "dehors"
"""What a page of addresses that need not be protected says (:func:`dire_dehors`); without it, nothing leaves."""


def dire_dehors(cle: uuid.UUID, numero: int, *, garde: bool) -> str:
    """The draft or the demande that a page was made from, and its number then; empty where its addresses are kept."""
    return "" if garde else f"{cle}.{numero}"


def vaut_encore(dit: str) -> bool:
    """Whether nothing was saved there since: in another tab, somebody may have said why these addresses are secret."""
    cle, _, numero = dit.partition(".")
    try:
        return is_reste_tel_quel(uuid.UUID(cle), int(numero))
    except ValueError:
        return False
