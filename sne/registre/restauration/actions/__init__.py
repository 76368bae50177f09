"""Putting a demande back as it was: one person asks, from an enquiry, and may take it back; another answers.

Entries of the request and of a refusal name no demande: counters read the history of those.
"""

from sne.registre.restauration.actions.decider import Retablie, refuser_restauration, restaurer
from sne.registre.restauration.actions.demander import demander_restauration
from sne.registre.restauration.actions.retirer import retirer_restauration

__all__ = [
    "Retablie",
    "demander_restauration",
    "refuser_restauration",
    "restaurer",
    "retirer_restauration",
]
