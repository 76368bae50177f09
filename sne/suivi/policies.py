"""Who may compute, read and discuss the activity of counters."""

from datetime import date

from sne.habilitations.rules import Permission
from sne.referentiels.selectors import list_guichets
from sne.socle.acteur import Acteur, Canal


def can_calculer(acteur: Acteur) -> bool:
    """Compute the activity of every counter: the service alone."""
    return acteur.canal is Canal.SYSTEME


def can_veiller(acteur: Acteur) -> bool:
    """Read what every territory has to look at, in counts: those who run the service for the nation."""
    return acteur.peut(Permission.SUIVI_NATIONAL) and acteur.territoires(Permission.SUIVI_NATIONAL) is None


def guichets_suivis(acteur: Acteur, *, le: date) -> tuple[str, ...] | None:
    """Counters that the actor follows in the territory acted for: of a manager's own body, open on that day.

    ``None``: all of them, the territorial manager's. Empty for somebody who follows none.
    """
    mandats = [
        m
        for m in acteur.mandats
        if Permission.SUIVI_LIRE in m.permissions
        and acteur.territoire
        and m.perimetre.couvre(acteur.territoire)
    ]
    if any(not m.perimetre.guichet for m in mandats):
        return None
    organismes = {m.organisme for m in mandats if m.organisme}
    if not organismes:
        return ()
    fiches = list_guichets(acteur.territoire, le=le)
    return tuple(fiche.code for fiche in fiches if fiche.organisme in organismes)


def can_programmer(acteur: Acteur, *, territoire: str) -> bool:
    """Decide of the monthly mailing of a territory: who follows the whole of it."""
    return bool(territoire) and any(
        Permission.SUIVI_LIRE in m.permissions and not m.perimetre.guichet and m.perimetre.couvre(territoire)
        for m in acteur.mandats
    )


def can_exporter(acteur: Acteur, *, territoire: str) -> bool:
    """Take figures away in a file: those who follow counters there, by the right of taking a list away."""
    return acteur.peut(Permission.SUIVI_LIRE, territoire) and acteur.peut(
        Permission.LISTE_EXPORTER, territoire
    )


def can_classer(acteur: Acteur, *, territoire: str) -> bool:
    """Close a case of the follow-up: the territorial manager."""
    return bool(territoire) and acteur.peut(Permission.SUIVI_CLASSER, territoire)


def can_nommer(acteur: Acteur, *, territoire: str, guichet: str) -> bool:
    """Know which agent of a counter did what: those who read its journal. No counter in particular: of all of them."""
    return any(
        Permission.JOURNAL_LIRE in m.permissions
        and m.perimetre.couvre(territoire, guichet)
        and (bool(guichet) or not m.perimetre.guichet)
        for m in acteur.mandats
    )
