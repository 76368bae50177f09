"""Who may decide of what is awaited, open its page, be told of it."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente
from sne.socle.acteur import Acteur


def can_decider(acteur: Acteur, nature: NatureAttente, *, territoire: str, guichet: str = "") -> bool:
    """Decide of what is awaited, there; ``False`` for what waits for the household."""
    droit = nature.attendu.droit
    return droit is not None and acteur.peut(droit, territoire, guichet)


def can_ouvrir(acteur: Acteur, nature: NatureAttente, *, territoire: str) -> bool:
    """Open the page where it is decided, or the document that is to be looked at."""
    return acteur.peut(nature.attendu.droit or Permission.PIECE_LIRE, territoire)


def natures_cachees(acteur: Acteur, *, territoire: str) -> frozenset[NatureAttente]:
    """What is awaited that this actor is not told of: what only those who decide of it may know."""
    return frozenset(
        n
        for n in NatureAttente.tous().values()
        if n.attendu.reservee and not can_decider(acteur, n, territoire=territoire)
    )
