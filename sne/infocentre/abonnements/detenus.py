"""What a professional holds here: the subscriptions that are their own; those of a place need nobody."""

import uuid
from collections.abc import Collection

from django.db.models import Q

from sne.habilitations.detenus import Detenu
from sne.habilitations.rules.carences import Lieu
from sne.infocentre.abonnements.selectors.abonnements import list_vivants
from sne.infocentre.rapports.rules.lieux import territoires_du
from sne.referentiels.selectors.decoupage import get_decoupage

SUITE = (
    "S’arrêtent avec ses droits\u00a0; ceux qui ont la charge du lieu peuvent les reprendre pour lui, "
    "avant ou après."
)


def list_abonnements_detenus(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    """How many, in these places."""
    territoires = {lieu.territoire for lieu in lieux}
    decoupage = get_decoupage()
    siens = [
        a
        for a in list_vivants(Q(compte=compte_id))
        if "" in territoires or not territoires.isdisjoint(territoires_du(a.place.lieu, decoupage))
    ]
    if not siens:
        return ()
    nombre = len(siens)
    return (Detenu("1 abonnement à soi" if nombre == 1 else f"{nombre} abonnements à soi", SUITE),)
