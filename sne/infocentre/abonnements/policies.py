"""Who may read and decide of what leaves by itself: whoever holds the place, and each person of their own."""

from sne.habilitations.rules import Permission
from sne.infocentre.abonnements.rules.places import Place, est_tenue
from sne.infocentre.rapports.rules.lieux import Portee, portee
from sne.referentiels.rules.decoupage import Decoupage
from sne.socle.acteur import Acteur, Canal


def can_servir(acteur: Acteur) -> bool:
    """Note what is due, send it, move it to another version: the service alone."""
    return acteur.canal is Canal.SYSTEME


def can_tenir(acteur: Acteur, *, place: Place, decoupage: Decoupage) -> bool:
    """Read, change, stop, send again a subscription of this place; of somebody’s own: themselves alone."""
    if place.compte is not None:
        return place.compte == acteur.id and portee_lue(acteur, place=place, decoupage=decoupage) is not None
    return est_tenue(place, acteur.mandats, decoupage)


def portee_lue(acteur: Acteur, *, place: Place, decoupage: Decoupage) -> Portee | None:
    """What the actor reads of this place; ``None`` when nothing may be sent to them of it."""
    siens = [m for m in acteur.mandats if Permission.RAPPORT_ABONNER in m.permissions]
    return portee(siens, place.lieu, decoupage)


def can_lire(acteur: Acteur, *, place: Place, decoupage: Decoupage, devoilee: bool = False) -> bool:
    """Read an edition: who reads all that is counted in it; one person’s own, that person alone. ``devoilee``: its
    lines are traits of households, and small counts are in it.
    """
    siens = [m for m in acteur.mandats if Permission.RAPPORT_LIRE in m.permissions]
    lue = portee(siens, place.lieu, decoupage)
    if lue is None or place.compte not in (None, acteur.id) or (devoilee and lue.secrete):
        return False
    return place.compte is not None or lue.organismes is None or place.organisme in lue.organismes
