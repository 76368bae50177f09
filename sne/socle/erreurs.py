"""Refusals shared by all modules: each carries the French sentence that a person will read."""

from collections.abc import Callable


class Refus(Exception):
    """An act was refused. ``str(exc)`` is a French sentence that names the thing and the remedy."""

    code = "REFUS"

    def __init__(self, phrase: str, *, champ: str = "") -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.champ = champ


class NonHabilite(Refus):
    """This person may not (HTTP 403; 404 when the object itself is out of the perimeter)."""

    code = "NON_HABILITE"


class Introuvable(Refus):
    """No such object in the actor's perimeter (HTTP 404, whether it exists elsewhere or not)."""

    code = "INTROUVABLE"


class Efface(Introuvable):
    """There was such an object, and the law had it erased (HTTP 410)."""

    code = "EFFACE"


class Interdit(Refus):
    """The state of things does not allow it now (HTTP 409)."""

    code = "INTERDIT"


class ConflitDeRevision(Interdit):
    """Somebody else changed the file meanwhile (optimistic lock)."""

    code = "CONFLIT"


def require(autorise: bool, phrase: str) -> None:
    """Raise :class:`NonHabilite` with a French sentence unless the policy allowed the act."""
    if not autorise:
        raise NonHabilite(phrase)


def refus_de[**P](exiger: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> str:
    """The sentence with which this predicate refuses, for whoever draws what may be done; empty when it may."""
    try:
        exiger(*args, **kwargs)
    except Refus as refus:
        return refus.phrase
    return ""
