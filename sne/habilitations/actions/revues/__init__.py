"""Campaigns of review: opened, answered, reminded of, closed."""

from sne.habilitations.actions.revues.clore import clore_revues, echoir_suspensions, rappeler_revues
from sne.habilitations.actions.revues.ouvrir import OuvertureRevue, ouvrir_revue, ouvrir_revue_nationale
from sne.habilitations.actions.revues.repondre import repondre_revue

__all__ = [
    "OuvertureRevue",
    "clore_revues",
    "echoir_suspensions",
    "ouvrir_revue",
    "ouvrir_revue_nationale",
    "rappeler_revues",
    "repondre_revue",
]
