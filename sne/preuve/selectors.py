"""Whose acts may be searched: agents of the perimeter, each person once, and what they are called on screen."""

import uuid
from dataclasses import dataclass

from sne.habilitations.models import Habilitation
from sne.preuve import policies
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who holds or held a role there, under their first account."""

    id: uuid.UUID
    nom: str


def list_agents(acteur: Acteur, *, territoire: str) -> tuple[Agent, ...]:
    """Persons who act or acted for the counters that this one may read, by name; accounts of one person count once."""
    guichets = policies.guichets_lisibles(acteur, territoire=territoire)
    portees = Habilitation.objects.filter(territoire=territoire)
    if guichets is not None:
        portees = portees.filter(guichet__in=guichets)
    lus = portees.order_by("compte__nom", "compte__prenom", "compte_id").values_list(
        "compte_id", "compte__titulaire_id", "compte__nom", "compte__prenom"
    )
    agents: dict[uuid.UUID, Agent] = {}
    for compte, titulaire, nom, prenom in lus:
        agents.setdefault(titulaire or compte, Agent(titulaire or compte, f"{nom} {prenom}"))
    return tuple(agents.values())
