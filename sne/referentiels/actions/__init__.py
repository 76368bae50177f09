"""Loads of the reference data; the owner role runs them, the runtime role could not."""

from sne.referentiels.actions.charger import charger_demonstration, charger_referentiels
from sne.referentiels.actions.synchroniser import Bilan

__all__ = ["Bilan", "charger_demonstration", "charger_referentiels"]
