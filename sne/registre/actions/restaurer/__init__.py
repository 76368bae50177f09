"""Putting a demande back as it was: one person asks, from an enquiry; another answers, and it is done or nothing is.

Entries of the request and of a refusal name no demande: counters read the history of those.
"""

from sne.registre.actions.restaurer.decider import Retablie, refuser_restauration, restaurer
from sne.registre.actions.restaurer.demander import demander_restauration

__all__ = ["Retablie", "demander_restauration", "refuser_restauration", "restaurer"]
