"""Who receives a subscription on a day: those who hold its roles then, none whose right is suspended."""

import uuid
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from sne.habilitations.models import Compte, Habilitation
from sne.habilitations.rules import Etendue, Permission, Role
from sne.habilitations.selectors import acteur_de
from sne.habilitations.selectors.comptes import get_compte_actif
from sne.habilitations.selectors.periodes import a_perdu, en_vigueur, est_suspendue
from sne.infocentre.abonnements import policies
from sne.infocentre.abonnements.rules.places import Place, portee_de, roles_de
from sne.infocentre.rapports.rules.lieux import NatureLieu, Portee, territoires_du
from sne.referentiels.selectors import list_guichets
from sne.referentiels.selectors.decoupage import get_decoupage


def list_lecteurs(place: Place, roles: Collection[str], *, le: date) -> tuple[Compte, ...]:
    """Accounts to write to on that day, each person once; for somebody’s own, themselves as long as they may read."""
    if place.compte is not None:
        return _la_personne(place, le)
    tenues = Habilitation.objects.filter(
        ~a_perdu(Permission.RAPPORT_LIRE),
        en_vigueur(le),
        _dans(place, le),
        role__in=[r for r in roles if r in set(roles_de(place))],
        compte__actif=True,
    )
    trouves: dict[uuid.UUID, Compte] = {}
    for tenue in tenues.select_related("compte").order_by("accordee_le", "id"):
        trouves.setdefault(tenue.compte.titulaire_id or tenue.compte_id, tenue.compte)
    return tuple(trouves.values())


def list_tenants(place: Place, *, le: date) -> tuple[Compte, ...]:
    """Whoever decides of the subscriptions of this place on that day."""
    return list_lecteurs(place.du_lieu, [str(role) for role in roles_de(place)], le=le)


def list_operateurs(*, le: date) -> tuple[Compte, ...]:
    """National operation: told of what nobody else would see."""
    tenues = Habilitation.objects.filter(
        en_vigueur(le), role=Role.EXPLOITATION_NATIONALE.value, compte__actif=True
    )
    comptes = {t.compte.titulaire_id or t.compte_id: t.compte for t in tenues.select_related("compte")}
    return tuple(comptes.values())


def get_portee(place: Place, *, le: date) -> Portee | None:
    """What is counted for this place on that day; of somebody’s own, what they still read of it."""
    decoupage = get_decoupage()
    if place.compte is None:
        return portee_de(place, decoupage)
    compte = get_compte_actif(str(place.compte))
    if compte is None:
        return None
    return policies.portee_lue(acteur_de(compte, le=le), place=place, decoupage=decoupage)


def a_perdu_son_droit(place: Place, *, le: date) -> bool:
    """Whether the person whose subscription it is lost their right for good: none is left that waits to be kept."""
    if get_portee(place, le=le) is not None:
        return False
    attendues = Habilitation.objects.filter(
        Q(fin=None) | Q(fin__gt=le), est_suspendue(), compte=place.compte, compte__actif=True
    )
    return not attendues.exists()


def _la_personne(place: Place, le: date) -> tuple[Compte, ...]:
    compte = get_compte_actif(str(place.compte))
    return (compte,) if compte is not None and get_portee(place, le=le) is not None else ()


def _dans(place: Place, le: date) -> Q:
    """Where the roles of this place are held."""
    territoires = territoires_du(place.lieu, get_decoupage())
    if place.etendue is Etendue.GUICHET:
        siens = [
            f.code for t in territoires for f in list_guichets(t, le=le) if f.organisme == place.organisme
        ]
        return Q(territoire__in=territoires, guichet__in=siens)
    match place.lieu.nature:
        case NatureLieu.REGION:
            return Q(territoire="", zone=place.lieu.code)
        case NatureLieu.DEPARTEMENT:
            return Q(zone=place.lieu.code, territoire__in=territoires)
    return Q(territoire=place.territoire, zone="", guichet="")
