"""Whether what a message was prepared with is what its kind declares. Pure."""

from collections.abc import Mapping

from sne.notifications.rules.catalogue import CATALOGUE, Genre
from sne.notifications.rules.catalogue_agents import AGENTS, GenreAgent
from sne.notifications.rules.etats import Canal
from sne.notifications.rules.modeles import Modele


class MessageMalPrepare(ValueError):
    """A value is missing or unknown, or the kind does not go by that channel: a fault of the caller."""


def modele_de(genre: Genre | GenreAgent) -> Modele:
    """What a kind of message declares, no matter who it is for."""
    return AGENTS[genre] if isinstance(genre, GenreAgent) else CATALOGUE[genre]


def verifier(genre: Genre | GenreAgent, canal: Canal, contexte: Mapping[str, str]) -> None:
    """Raise :class:`MessageMalPrepare` unless the values are exactly those of the kind, and the channel one of its."""
    modele = modele_de(genre)
    if frozenset(contexte) != modele.variables:
        raise MessageMalPrepare(f"{genre}: {sorted(modele.variables ^ frozenset(contexte))}")
    if canal not in modele.canaux:
        raise MessageMalPrepare(f"{genre}: no {canal}")
