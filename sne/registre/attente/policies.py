"""What is awaited that an actor is not told of."""

from sne.registre.attente.rules import DECIDEURS, RESERVEES, NatureAttente
from sne.socle.acteur import Acteur


def natures_cachees(acteur: Acteur, *, territoire: str) -> frozenset[NatureAttente]:
    """What is awaited that this actor is not told of: what only those who decide of it may know."""
    return frozenset(n for n in RESERVEES if not acteur.peut(DECIDEURS[n][0], territoire))
