"""The cases that a person must establish by hand."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.attestations import policies
from sne.attestations.models import AttestationATraiter
from sne.attestations.selectors.registre import PAR_PAGE
from sne.socle.acteur import Acteur
from sne.socle.pages import DEBUT, Page, Position
from sne.socle.pages_sql import lire_page


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
    page = lire_page(lignes, position, ordre=("survenu_le", "id"), par_page=PAR_PAGE)
    return page.montrer(_cas(cas) for cas in page.lignes)


def compter_a_traiter(acteur: Acteur) -> int:
    """How many cases wait for this actor."""
    return AttestationATraiter.objects.filter(policies.scope_a_traiter(acteur), traitee_le=None).count()


def _cas(c: AttestationATraiter) -> CasATraiter:
    return CasATraiter(c.id, c.demande_id, c.nud, c.modele, c.motif, c.survenu_le)
