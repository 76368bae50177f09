"""Who was on a demande and is not any more: what an enquiry already says of them, and until which version they were."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sne.registre.models import DemandeEnquetee, ElementEnquete, Identite, Separation, Version


@dataclass(frozen=True, slots=True)
class Remplacement:
    """From when to when an identity was in force on a demande, and the version that took it away, typed at ``guichet``.

    ``jusqu_au`` and ``version`` are ``None`` while it holds; ``nouveau`` is empty for who left the demande.
    """

    nud: str
    role: str
    depuis: datetime | None
    jusqu_au: datetime | None = None
    version: int | None = None
    guichet: str = ""
    nouveau: str = ""


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
        personne__identite_courante__in=identites, personne__retire_le__isnull=False
    )
    return frozenset(departs.values_list("personne__identite_courante", flat=True))


def get_remplacement(identite: Identite) -> Remplacement:
    """What took the place of this identity of its person, first."""
    versions = Version.objects.filter(demande=identite.demande_id).order_by("numero")
    ou = (identite.demande.nud, identite.personne.role)
    depuis: datetime | None = None
    for numero, survenu_le, identites in versions.values_list("numero", "survenu_le", "identites"):
        if identite.id in identites:
            depuis = depuis or survenu_le
        elif depuis is not None:
            suivante = Identite.objects.filter(id__in=identites, personne=identite.personne_id).first()
            if suivante is None:
                return Remplacement(*ou, depuis, survenu_le, numero)
            nouveau = f"{suivante.nom_naissance} {suivante.prenoms}"
            return Remplacement(*ou, depuis, survenu_le, numero, suivante.guichet, nouveau)
    return Remplacement(*ou, depuis)
