"""Who loads RPLS, who reads the two lists of a landlord."""

from sne.habilitations.rules import Permission
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur

CHARGER = Permission.RPLS_CHARGER


def can_charger(acteur: Acteur) -> bool:
    """Load a vintage: national operation."""
    return acteur.peut(CHARGER) and acteur.territoires(CHARGER) is None


def can_lire_listes(acteur: Acteur, *, siren: str, territoire: str) -> bool:
    """Read what a landlord has to mend there: those who read the files behind a figure, there or of that body.

    Lists are of a whole territory: a département gives them where it is alone in its own.
    """
    seul = len(get_decoupage().departements_de(territoire)) == 1
    return bool(siren and territoire) and any(
        Permission.RAPPORT_DETAIL in m.permissions
        and not m.perimetre.personnel
        and (seul or not m.perimetre.departement)
        and m.perimetre.couvre(territoire)
        and (not m.perimetre.guichet or m.organisme == siren)
        for m in acteur.mandats
    )
