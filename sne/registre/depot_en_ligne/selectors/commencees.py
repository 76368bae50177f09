"""What a household has begun to type and has not sent, with who they are on it."""

import uuid
from dataclasses import dataclass

from sne.registre.depot_en_ligne.policies import deposant
from sne.registre.modification.selectors.brouillons import BrouillonOuvert, list_siens
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class DemandeCommencee:
    """A draft, and its author with the rights that they hold on it alone."""

    brouillon: BrouillonOuvert
    acteur: Acteur


def list_commencees(compte: uuid.UUID) -> tuple[DemandeCommencee, ...]:
    """Those of this account, one for each territory, the last touched first."""
    return tuple(
        DemandeCommencee(brouillon, deposant(compte, territoire=brouillon.territoire, brouillon=brouillon.id))
        for brouillon in list_siens(compte)
    )
