"""Who loads RPLS, who reads the two lists of a landlord."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur

CHARGER = Permission.RPLS_CHARGER


def can_charger(acteur: Acteur) -> bool:
    """Load a vintage: national operation."""
    return acteur.peut(CHARGER) and acteur.territoires(CHARGER) is None


def can_lire_listes(acteur: Acteur, *, siren: str, territoire: str) -> bool:
    """Read what a landlord has to mend there: those who read the files behind a figure, there or of that body."""
    return bool(siren and territoire) and any(
        Permission.RAPPORT_DETAIL in m.permissions
        and not m.perimetre.personnel
        and not m.perimetre.departement  # lists are of a whole territory
        and m.perimetre.couvre(territoire)
        and (not m.perimetre.guichet or m.organisme == siren)
        for m in acteur.mandats
    )
