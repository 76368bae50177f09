"""Whether what a message was prepared with is what its kind declares. Pure."""

from collections.abc import Mapping

from sne.notifications.rules.catalogue import Genre, GenreAgent
from sne.notifications.rules.etats import Canal


class MessageMalPrepare(ValueError):
    """A value is missing or unknown, or the kind does not go by that channel: a fault of the caller."""


def verifier(genre: Genre | GenreAgent, canal: Canal, contexte: Mapping[str, str]) -> None:
    """Raise :class:`MessageMalPrepare` unless the values are exactly those of the kind, and the channel one of its."""
    modele = genre.modele
    if frozenset(contexte) != modele.variables:
        raise MessageMalPrepare(f"{genre}: {sorted(modele.variables ^ frozenset(contexte))}")
    if canal not in modele.canaux:
        raise MessageMalPrepare(f"{genre}: no {canal}")
