"""In which language an adult of a demande is written to."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from sne.demandeurs.selectors import get_langue
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.joindre.selectors.coordonnees import DEMANDEUR
from sne.socle.langues import FRANCAIS


def get_langue_des_personnes(personnes: Collection[uuid.UUID], *, defaut: str = FRANCAIS) -> str:
    """The one that the accounts which follow a demande as these adults asked for last; else ``defaut``."""
    return _de(Rattachement.objects.filter(personne__in=[*personnes])) or defaut


def get_langue_du_foyer(demande_id: uuid.UUID, *, avant: datetime | None = None) -> str:
    """The one of the applicant, to whom what is said to the household is sent; French for an association.

    ``avant``: as it was then; what whoever came in since asked for says nothing to those whom they may have robbed.
    """
    du_demandeur = Rattachement.objects.filter(
        demande=demande_id, personne__role=DEMANDEUR, personne__retire_le=None
    )
    return _de(du_demandeur, avant=avant) or FRANCAIS


def _de(liens: QuerySet[Rattachement], *, avant: datetime | None = None) -> str:
    comptes = [*liens.filter(fini_le=None).values_list("compte", flat=True)]
    return get_langue(comptes, avant=avant) if comptes else ""
