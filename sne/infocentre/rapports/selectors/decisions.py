"""What was proposed and decided of the versions of a report, the last first."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.infocentre.rapports.models import RapportDecision
from sne.infocentre.rapports.rules.vie import NatureDecision

LIVREE = "Décidé avant le service"


@dataclass(frozen=True, slots=True)
class DecisionLue:
    """One decision, whatever became of it. ``par``, ``decideur_nom``: who proposed, who answered."""

    id: uuid.UUID
    numero: int
    nature: NatureDecision
    nom: str
    prend_effet_le: datetime
    motif: str
    issue: str
    auteur: uuid.UUID
    par: str
    decideur_nom: str


def list_decisions(rapport: str) -> tuple[DecisionLue, ...]:
    """Those of one report, by the instant from which they hold, the latest first."""
    lues = RapportDecision.objects.filter(version__rapport=rapport).select_related("version")
    return tuple(
        DecisionLue(
            id=d.id,
            numero=d.version.numero,
            nature=NatureDecision(d.nature),
            nom=d.nom,
            prend_effet_le=d.prend_effet_le,
            motif=d.motif,
            issue=d.issue,
            auteur=d.auteur,
            par=d.proposee_par["nom"] if d.proposee_par else LIVREE,
            decideur_nom=d.decide_par["nom"] if d.decide_par else "",
        )
        for d in lues.order_by("-prend_effet_le", "-proposee_le", "-id")
    )
