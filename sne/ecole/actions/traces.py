"""What is kept of each call to a bac, for its conformance to be judged."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sne.conventions.models import Convention
from sne.ecole.models import Trace


@dataclass(frozen=True, slots=True)
class AppelVu:
    """One call and its answer, as :class:`~sne.ecole.models.Trace` keeps them."""

    methode: str
    route: str
    statut: int
    objet: str = ""
    cle: str = ""
    corps: str = ""
    agent: str = ""
    revision: str = ""
    scenario: str = ""
    faits: Mapping[str, Any] = field(default_factory=dict)


def noter_trace(convention: Convention, vu: AppelVu, *, survenu_le: datetime) -> None:
    """Keep one call."""
    Trace.objects.create(convention=convention, survenu_le=survenu_le, **asdict(vu))
