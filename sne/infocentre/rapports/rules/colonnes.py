"""Which columns a version may have. Pure."""

from collections.abc import Mapping, Sequence


def refuser(colonnes: Sequence[str], connus: Mapping[str, int], avant: Sequence[tuple[str, int]]) -> str:
    """Why these codes make no version, in French; empty when they do.

    ``connus``: the last definition of each; ``avant``: those of the version before, each in its definition.
    """
    inconnus = sorted(set(colonnes) - set(connus))
    if inconnus:
        return f"{', '.join(inconnus)}\u00a0: ce code n’est pas au catalogue. Vérifiez-le signe par signe."
    if len(set(colonnes)) != len(colonnes):
        return "Un code est écrit deux fois. Gardez-le à une seule place."
    if [(code, connus[code]) for code in colonnes] == list(avant):
        return "Ce sont les colonnes de la version précédente, dans le même ordre. Changez-en au moins une."
    return ""
