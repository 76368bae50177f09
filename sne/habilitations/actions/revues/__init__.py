"""Campaigns of review: asked for regularly, opened, answered, reminded of, closed."""

from sne.habilitations.actions.revues.annonces import annoncer_revue_non_ouverte
from sne.habilitations.actions.revues.clore import clore_revues, echoir_suspensions, rappeler_revues
from sne.habilitations.actions.revues.ouvrir import (
    OuvertureRevue,
    ouvrir_revue,
    ouvrir_revue_due,
    ouvrir_revue_nationale,
)
from sne.habilitations.actions.revues.programmer import arreter_revues, programmer_revues
from sne.habilitations.actions.revues.repondre import repondre_revue

__all__ = [
    "OuvertureRevue",
    "annoncer_revue_non_ouverte",
    "arreter_revues",
    "clore_revues",
    "echoir_suspensions",
    "ouvrir_revue",
    "ouvrir_revue_due",
    "ouvrir_revue_nationale",
    "programmer_revues",
    "rappeler_revues",
    "repondre_revue",
]
