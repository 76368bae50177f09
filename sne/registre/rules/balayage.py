"""What a nightly sweep reports of one territory. Pure."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Balayage:
    """Counts of one sweep. ``paires``: found and not known yet; ``ensembles``: sets opened; ``reportees``: left to the
    next sweep; ``cles_communes``: birth dates and phones looked up with the names only; ``paires_ecartees``: pairs
    that share one of those and were not all compared, at most; ``anciens_titulaires``: past identities of a demande met
    on one registered since, each in an enquiry.
    """

    territoire: str
    demandes: int
    paires: int
    ensembles: int
    reportees: int
    cles_communes: int
    paires_ecartees: int
    anciens_titulaires: int
    commence_le: datetime
    termine_le: datetime | None
