"""Which work lists are measured at size, and the names of their acts: known without Django.

« Les miennes » is not: what one person did does not grow with the register, and the people of a demonstration did
nothing.
"""

from collections.abc import Mapping

from sne.registre.listes.rules.listes import LISTES, CodeListe

MESUREES: Mapping[str, tuple[CodeListe, bool]] = {
    f"Liste{code.capitalize()}{'Loin' if loin else ''}": (code, loin)
    for code, liste in LISTES.items()
    if not liste.personnelle
    for loin in (False, True)
}
"""Name of the act → its list, and whether the page is far in it."""
