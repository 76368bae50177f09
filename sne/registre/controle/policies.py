"""Who lets a contact change soon after an identity."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_permettre_contact(acteur: Acteur, *, territoire: str) -> bool:
    """Allow the contacts to change soon after the identity, or change them oneself: the territorial manager (GT), who
    decides for a whole territory.
    """
    return _decide_du_territoire(acteur, territoire)


def _decide_du_territoire(acteur: Acteur, territoire: str) -> bool:
    """Whether they decide on the identities of the whole territory, and not of one guichet."""
    return any(
        Permission.ETAT_CIVIL_DECIDER in m.permissions
        and not m.perimetre.guichet
        and m.perimetre.couvre(territoire)
        for m in acteur.mandats
    )
