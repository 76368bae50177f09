"""What was recorded of equal treatment for one demande."""

import uuid

from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.depot.models import ConsigneEgalite
from sne.registre.depot.rules.egalite import Consigne, Etape, Moment, bilan
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable


def list_consignes(demande_id: uuid.UUID) -> tuple[Consigne, ...]:
    """Everything recorded for this demande, in order. The caller has checked the perimeter."""
    lignes = ConsigneEgalite.objects.filter(demande=demande_id).order_by("inscrit_le", "id")
    return tuple(Consigne(Moment(x.moment), frozenset(x.points), x.survenu_le, x.guichet) for x in lignes)


def get_egalite(demande_id: uuid.UUID, *, acteur: Acteur) -> tuple[Etape, ...]:
    """The three steps of this demande. Raises ``Introuvable`` outside the perimeter."""
    if not Demande.objects.filter(policies.scope(acteur), id=demande_id).exists():
        raise Introuvable("Aucun dossier dans votre périmètre sous ce numéro.")
    return bilan(list_consignes(demande_id))
