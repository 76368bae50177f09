"""Who may read the journal, and of which counters: the acts of one's own, those of a territory, those of the nation."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_lire_journal(acteur: Acteur, *, territoire: str) -> bool:
    """Read the journal of some counter of that territory."""
    return acteur.peut(Permission.JOURNAL_LIRE, territoire)


def guichets_lisibles(acteur: Acteur, *, territoire: str) -> frozenset[str] | None:
    """Counters of the territory whose acts this person may read; ``None``: all of them, and acts without counter."""
    perimetres = [m.perimetre for m in acteur.mandats if Permission.JOURNAL_LIRE in m.permissions]
    la = [p for p in perimetres if p.couvre(territoire)]
    if any(p.national or not p.guichet for p in la):
        return None
    return frozenset(p.guichet for p in la)
