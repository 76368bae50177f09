"""The places that somebody may subscribe, in words."""

from sne.habilitations.rules import ROLES, Role
from sne.infocentre.abonnements import policies
from sne.infocentre.abonnements.rules.places import Place, roles_de
from sne.infocentre.abonnements.selectors.rapports import nom_de
from sne.infocentre.rapports.policies import est_lu_par
from sne.infocentre.rapports.rules.lieux import Lieu
from sne.referentiels.selectors.decoupage import get_decoupage
from sne.socle.acteur import Acteur

MOI_SEUL = "Moi seul"


def list_places(acteur: Acteur, lieu: Lieu) -> tuple[tuple[Place, str], ...]:
    """What the actor may subscribe of this place, the place itself first, themselves last; empty when it is out of
    their perimeter."""
    decoupage = get_decoupage()
    organismes = sorted({m.organisme for m in acteur.mandats if m.organisme})
    places = [Place(lieu), *(Place(lieu, organisme) for organisme in organismes)]
    tenues = [
        (place, nom_de(place))
        for place in places
        if policies.can_tenir(acteur, place=place, decoupage=decoupage)
    ]
    a_soi = Place(lieu, compte=acteur.id)
    if policies.can_tenir(acteur, place=a_soi, decoupage=decoupage):
        tenues.append((a_soi, MOI_SEUL))
    return tuple(tenues)


def list_roles(place: Place, rapport: str) -> tuple[tuple[str, str], ...]:
    """The roles that may receive this report when it is sent to this place, with their names."""
    return tuple((str(role), ROLES[Role(role)].nom) for role in roles_de(place) if est_lu_par(rapport, role))
