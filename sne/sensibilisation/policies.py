"""Who reads the reminder and answers: those who change a civil status or decide on one. Who says what is unclear."""

from sne.habilitations.rules import Permission
from sne.sensibilisation.rules.campagnes import Genre
from sne.socle.acteur import Acteur

CONCERNES = (Permission.ETAT_CIVIL_PROPOSER, Permission.ETAT_CIVIL_DECIDER)


def est_concerne(acteur: Acteur) -> bool:
    """May read and answer."""
    return any(acteur.peut(permission) for permission in CONCERNES)


def can_remarquer(acteur: Acteur) -> bool:
    """May say what a household does not understand: whoever sees the same thing from the other side."""
    return acteur.peut(Permission.DEMANDE_LIRE)


def can_lancer_campagne(acteur: Acteur) -> bool:
    """May ask counters to read and show something: who publishes the site."""
    return acteur.peut(Permission.CONTENU_PUBLIER)


def can_accuser(acteur: Acteur, genre: Genre) -> bool:
    """May say it: read, whoever works here; shown, at a counter; passed on, who follows a whole territory."""
    if genre is Genre.AFFICHEE:
        return bool(acteur.guichet) and acteur.peut(
            Permission.CONTENU_PROPOSER, acteur.territoire, acteur.guichet
        )
    if genre is Genre.RELAYEE:
        return bool(acteur.territoire) and acteur.peut(Permission.SUIVI_CLASSER, acteur.territoire)
    return acteur.peut(Permission.CONTENU_PROPOSER)
