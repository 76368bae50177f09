"""Changes of identity that nobody decided in time."""

import uuid
from datetime import date, timedelta

from sne.registre.models import Attente
from sne.registre.rules.attentes import NatureAttente
from sne.registre.selectors.controle import get_seuils
from sne.registre.selectors.gels import sans_gel
from sne.socle.horloge import debut_du_jour


def list_expirees(territoire: str, *, jour: date) -> tuple[uuid.UUID, ...]:
    """Those of a territory whose time is over on that day, the oldest first; frozen files wait for their enquiry.

    Of demandes struck off too: a request does not outlive its month because the file comes back.
    """
    limite = debut_du_jour(jour - timedelta(days=get_seuils(jour).identite_expiration_jours - 1))
    attendent = Attente.objects.filter(
        sans_gel("demande"),
        territoire=territoire,
        liste="REPONSES",
        nature=NatureAttente.IDENTITE,
        depuis__lt=limite,
    )
    return tuple(attendent.order_by("depuis", "id").values_list("id", flat=True))
