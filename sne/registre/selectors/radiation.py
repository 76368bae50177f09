"""How a demande was struck off, last, and for which reasons somebody may strike it off."""

import uuid
from datetime import date

from sne.referentiels.rules import TypeOrganisme
from sne.referentiels.selectors import get_guichet
from sne.registre import policies
from sne.registre.models import Radiation
from sne.registre.rules.radiation import MotifRadiation, motifs_de
from sne.socle.acteur import Acteur


def get_radiation(demande_id: uuid.UUID) -> Radiation | None:
    """The last striking-off, or ``None`` when there never was one; whether it still holds is the demande's status."""
    return Radiation.objects.filter(demande=demande_id).order_by("-revision").first()


def list_motifs(acteur: Acteur, *, territoire: str, le: date) -> tuple[MotifRadiation, ...]:
    """Reasons for which the actor may strike off a demande of this territory, in the order of the article."""
    auteurs = policies.auteurs_de_radiation(
        acteur, territoire=territoire, bailleur=est_bailleur(acteur, le=le)
    )
    return motifs_de(auteurs)


def est_bailleur(acteur: Acteur, *, le: date) -> bool:
    """Whether the counter that the actor acts for is a landlord's."""
    guichet = get_guichet(acteur.territoire, acteur.guichet, le=le) if acteur.guichet else None
    return guichet is not None and guichet.type_organisme is TypeOrganisme.BAILLEUR
