"""In which language an adult of a demande is written to, and what the household does not want to be sent."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from sne.demandeurs.selectors import get_langue, list_avis_refuses
from sne.notifications.rules import Famille
from sne.registre.demande.models.rattachement import Rattachement
from sne.registre.demande.selectors.rattachements import is_d_un_autre
from sne.registre.joindre.selectors.coordonnees import DEMANDEUR
from sne.socle.langues import FRANCAIS


def get_langue_des_personnes(personnes: Collection[uuid.UUID], *, defaut: str = FRANCAIS) -> str:
    """The one that the accounts which follow a demande as these adults asked for last; else ``defaut``."""
    return _de(Rattachement.objects.filter(personne__in=[*personnes])) or defaut


def get_langue_du_foyer(demande_id: uuid.UUID, *, avant: datetime | None = None) -> str:
    """The one of the applicant, to whom what is said to the household is sent; French for an association.

    ``avant``: as it was then; what whoever came in since asked for says nothing to those whom they may have robbed.
    """
    return _de(_du_demandeur(demande_id), avant=avant) or FRANCAIS


def list_refuses_du_foyer(demande_id: uuid.UUID) -> frozenset[Famille]:
    """Families of messages that the applicant, to whom they would go, reads on their pages only."""
    comptes = _comptes(_du_demandeur(demande_id))
    return list_avis_refuses(comptes) if comptes else frozenset()


def _du_demandeur(demande_id: uuid.UUID) -> QuerySet[Rattachement]:
    return Rattachement.objects.filter(demande=demande_id, personne__role=DEMANDEUR, personne__retire_le=None)


def _de(liens: QuerySet[Rattachement], *, avant: datetime | None = None) -> str:
    comptes = _comptes(liens)
    return get_langue(comptes, avant=avant) if comptes else ""


def _comptes(liens: QuerySet[Rattachement]) -> list[uuid.UUID]:
    ouverts = liens.filter(fini_le=None).select_related("identite", "personne")
    return [lien.compte for lien in ouverts if not is_d_un_autre(lien)]
