"""Tables of the feed: its lines, the statements signed on them, how far each reader is, who is called."""

from sne.flux.models.abonnements import Abonnement, Livraison
from sne.flux.models.lignes import Accuse, Ligne, Releve

__all__ = ["Abonnement", "Accuse", "Ligne", "Livraison", "Releve"]
