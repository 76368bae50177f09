"""Slips of the keyboard: one letter of a name dropped, doubled, replaced, or swapped with the next. Pure."""

from random import Random

LETTRES = "abcdefghijklmnopqrstuvwxyz"


def mal_taper(mot: str, hasard: Random) -> str:
    """The word with one slip; as it is when it has less than two letters."""
    if len(mot) < 2:  # nothing to swap
        return mot
    rang = hasard.randrange(len(mot) - 1)
    avant, ici, apres = mot[:rang], mot[rang], mot[rang + 1 :]
    return hasard.choice(
        (
            avant + apres,
            avant + ici + ici + apres,
            avant + hasard.choice(LETTRES) + apres,
            avant + apres[0] + ici + apres[1:],
        )
    )
