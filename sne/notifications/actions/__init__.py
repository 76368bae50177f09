"""Writes of the messages: prepare one, start an attempt, note what it gave or what came back, erase."""

from sne.notifications.actions.deposer import engager_depot, relacher_lettre
from sne.notifications.actions.douter import douter_de_tout
from sne.notifications.actions.ecrire_aux_agents import Pli, ecrire_a
from sne.notifications.actions.effacer import (
    effacer_adresses,
    effacer_messages_agents,
    noter_effacement,
    verrouiller_envois,
)
from sne.notifications.actions.essayer import engager_message, noter_tentative
from sne.notifications.actions.preparer import Projet, preparer_message
from sne.notifications.actions.retour import noter_retour

__all__ = [
    "Pli",
    "Projet",
    "douter_de_tout",
    "ecrire_a",
    "effacer_adresses",
    "effacer_messages_agents",
    "engager_depot",
    "engager_message",
    "noter_effacement",
    "noter_retour",
    "noter_tentative",
    "preparer_message",
    "relacher_lettre",
    "verrouiller_envois",
]
