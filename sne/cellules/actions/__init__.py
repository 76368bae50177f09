"""Moving a territory from a cell to another, one step after the other; what runs them is the operator."""

from sne.cellules.actions.trajet import abandonner, deplacer

__all__ = ["abandonner", "deplacer"]
