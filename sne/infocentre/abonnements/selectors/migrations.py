"""How the move of a subscription to another version stands, and who still has to say."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sne.infocentre.abonnements.models import MigrationAbonnement
from sne.infocentre.abonnements.rules.migration import OUVERTES, Migration


@dataclass(frozen=True, slots=True)
class MigrationVue:
    """The last thing said of a move. ``difference``: the last edition in the new version, as it was proposed."""

    id: uuid.UUID
    abonnement: uuid.UUID
    rapport: str
    ancienne: int
    nouvelle: int
    etat: Migration
    filtres: tuple[tuple[str, str], ...]
    tri: str
    sans_equivalent: tuple[str, ...]
    difference: Mapping[str, Any] | None
    par: str
    survenu_le: datetime

    @property
    def ouverte(self) -> bool:
        """Whether somebody may still answer."""
        return self.etat in OUVERTES


def get_migration(abonnement_id: uuid.UUID) -> MigrationVue | None:
    """The last move of a subscription; ``None``: its report never changed."""
    lignes = MigrationAbonnement.objects.filter(abonnement=abonnement_id)
    derniere = lignes.order_by("-nouvelle", "-survenu_le", "-id").first()
    return _vue(derniere) if derniere else None


def list_dernieres(abonnements: Collection[uuid.UUID]) -> dict[uuid.UUID, MigrationVue]:
    """The last move of each of these subscriptions whose report ever changed."""
    lignes = MigrationAbonnement.objects.filter(abonnement__in=[*abonnements])
    lues = lignes.order_by("abonnement", "-nouvelle", "-survenu_le", "-id").distinct("abonnement")
    return {ligne.abonnement: _vue(ligne) for ligne in lues}


def _vue(ligne: MigrationAbonnement) -> MigrationVue:
    return MigrationVue(
        id=ligne.id,
        abonnement=ligne.abonnement,
        rapport=ligne.rapport,
        ancienne=ligne.ancienne,
        nouvelle=ligne.nouvelle,
        etat=Migration(ligne.etat),
        filtres=tuple((code, valeur) for code, valeur in ligne.filtres),
        tri=ligne.tri,
        sans_equivalent=tuple(ligne.sans_equivalent),
        difference=ligne.difference,
        par=str(ligne.decide_par["nom"]),
        survenu_le=ligne.survenu_le,
    )
