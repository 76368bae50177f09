"""The cases that a person must establish by hand."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.attestations import policies
from sne.attestations.models import AttestationATraiter
from sne.attestations.rules import DEBUT, Page, Position
from sne.attestations.selectors.pages import lire_page
from sne.socle.acteur import Acteur


@dataclass(frozen=True, slots=True)
class CasATraiter:
    """One attestation to establish by hand."""

    id: uuid.UUID
    demande_id: uuid.UUID
    nud: str
    modele: str
    motif: str
    survenu_le: datetime


def list_a_traiter(acteur: Acteur, *, position: Position = DEBUT) -> Page[CasATraiter]:
    """A page of the cases that wait in the actor's perimeter, the oldest first."""
    lignes = AttestationATraiter.objects.filter(policies.scope_a_traiter(acteur), traitee_le=None)
    return lire_page(lignes, position, recentes_d_abord=False, ligne=_cas)


def compter_a_traiter(acteur: Acteur) -> int:
    """How many cases wait for this actor."""
    return AttestationATraiter.objects.filter(policies.scope_a_traiter(acteur), traitee_le=None).count()


def _cas(c: AttestationATraiter) -> CasATraiter:
    return CasATraiter(c.id, c.demande_id, c.nud, c.modele, c.motif, c.survenu_le)
