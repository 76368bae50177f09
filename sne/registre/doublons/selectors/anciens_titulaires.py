"""People who were on a demande and are not any more: what an enquiry already says of them, and their last version
there.
"""

import uuid
from collections.abc import Collection

from django.db.models import F, Q

from sne.registre.demande.models.separation import Separation
from sne.registre.enquete.models.enquete import DemandeEnquetee, ElementEnquete


def is_deja_signalee(ancienne: uuid.UUID, identite: uuid.UUID, *, demande: uuid.UUID | None) -> bool:
    """Whether an enquiry, open or ended, has this past identity as evidence (about ``demande`` too, if there is one),
    or is open on both demandes.
    """
    preuves = ElementEnquete.objects.filter(identite=identite)
    if demande is None:
        return preuves.exists()
    ensemble = DemandeEnquetee.objects.filter(
        demande=demande, enquete__in=DemandeEnquetee.objects.filter(demande=ancienne).values("enquete")
    )
    vues = Q(enquete__clos_le=None) | Q(enquete__in=preuves.values("enquete"))
    return ensemble.filter(vues).exists()


def list_departs_par_separation(identites: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Among these identities, those that somebody bore when they left a demande by a separation."""
    if not identites:
        return frozenset()
    departs = Separation.objects.filter(
        personne__identite_courante__in=identites, personne__retire_le=F("survenu_le")
    )
    return frozenset(departs.values_list("personne__identite_courante", flat=True))
