"""Changes of contact allowed soon after a change of identity: what holds the contacts, which permission serves now."""

import uuid
from dataclasses import dataclass
from datetime import date

from sne.registre.controle import policies
from sne.registre.controle.models import PermissionContact
from sne.registre.controle.parametres import Seuils
from sne.registre.controle.rules.alternance import libre_a_partir_du
from sne.registre.controle.selectors.controle import get_changement_qui_retient, get_date_protegee, get_seuils
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Identite
from sne.registre.demande.policies import scope
from sne.socle.acteur import Acteur
from sne.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class Retenue:
    """Why contacts wait: the change of identity, its day; ``libre_le``: the day from which they may change, ``None``
    once they may.
    """

    identite: Identite | None
    identite_le: date | None
    libre_le: date | None


@dataclass(frozen=True, slots=True)
class EtatDesContacts:
    """What the screen of a territorial manager says: since when, until when, what is allowed meanwhile."""

    identite_le: date | None
    libre_le: date | None
    permis_jusqu_au: date | None


def get_etat_des_contacts(demande_id: uuid.UUID, acteur: Acteur, *, le: date) -> EtatDesContacts | None:
    """Whether contacts wait on that day; ``None`` for somebody who may not allow them to change."""
    demande = Demande.objects.filter(scope(acteur), id=demande_id).first()
    if demande is None or not policies.can_permettre_contact(acteur, territoire=demande.territoire):
        return None
    retenue, permission = (
        get_retenue(demande, le=le, seuils=get_seuils(le)),
        get_permission(demande_id, le=le),
    )
    return EtatDesContacts(retenue.identite_le, retenue.libre_le, permission.jusqu_au if permission else None)


def get_retenue(demande: Demande, *, le: date, seuils: Seuils) -> Retenue:
    """What holds the contacts of a demande on that day."""
    retient = get_changement_qui_retient(demande.id)
    if retient is None:
        return Retenue(None, None, None)
    instant, identite = retient
    libre_le = libre_a_partir_du(
        jour(instant),
        jour=le,
        anciennete_jours=(le - get_date_protegee(demande, le=le, seuils=seuils)).days,
        seuils=seuils,
    )
    return Retenue(identite, jour(instant), libre_le)


def get_permission(demande_id: uuid.UUID, *, le: date) -> PermissionContact | None:
    """The permission that a change of contact may use on that day.

    It is neither used nor out of date, and holds only for the identity that its giver saw: it is void when another
    change of identity was asked for since.
    """
    permission = (
        PermissionContact.objects.filter(demande=demande_id, usage=None, jusqu_au__gte=le)
        .order_by("-survenu_le", "-id")
        .first()
    )
    if permission is None:
        return None
    depuis = Identite.objects.filter(
        demande=demande_id, examen__isnull=False, survenu_le__gt=permission.survenu_le
    )
    return None if depuis.exists() else permission
