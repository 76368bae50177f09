"""What a household has begun to type and has not sent, with who they are on it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, list_laissees, list_siens
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DemandeCommencee:
    """A draft, and its author with the rights that they hold on it alone."""

    brouillon: BrouillonOuvert
    acteur: Acteur


def list_laissees_entre(debut: datetime, fin: datetime) -> Iterator[DemandeCommencee]:
    """Those that households left between these instants, the oldest first."""
    for compte, brouillon in list_laissees(debut, fin):
        acteur = deposant(compte, territoire=brouillon.territoire, brouillon=brouillon.id)
        yield DemandeCommencee(brouillon, acteur)


def list_commencees(compte: uuid.UUID) -> tuple[DemandeCommencee, ...]:
    """Those of this account, one for each territory, the last touched first."""
    return tuple(
        DemandeCommencee(brouillon, deposant(compte, territoire=brouillon.territoire, brouillon=brouillon.id))
        for brouillon in list_siens(compte)
    )
