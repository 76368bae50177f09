"""A line for each file of an act on several."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ligne:
    """One file: what is said of it, and whether that is why not. ``cle``: what names it in the form that follows."""

    nud: str
    nom: str
    phrase: str
    refusee: bool
    cle: str = ""
