"""What is awaited that an actor is not told of."""

from sne.registre.attente.rules import NatureAttente
from sne.socle.acteur import Acteur


def natures_cachees(acteur: Acteur, *, territoire: str) -> frozenset[NatureAttente]:
    """What is awaited that this actor is not told of: what only those who decide of it may know."""
    return frozenset(
        nature
        for nature in NatureAttente.tous().values()
        if nature.attendu.reservee
        and nature.attendu.droit
        and not acteur.peut(nature.attendu.droit, territoire)
    )
