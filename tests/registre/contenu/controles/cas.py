"""One case: what is changed in the least tree, and where the control must speak (nowhere, for a
counter-example).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.registre.exemples import COTITULAIRE, MINIMALE


@dataclass(frozen=True)
class Cas:
    """``chemins`` are the paths remarked on, in order, by the control ``code`` alone."""

    code: str
    chemins: tuple[str, ...]
    changements: Mapping[str, Any]
    nirs: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=lambda: MINIMALE)

    def __str__(self) -> str:
        return f"{self.code}-{'-'.join(self.chemins) or 'rien'}-{'-'.join(self.changements)}"


def cotitulaire(**champs: Any) -> dict[str, Any]:
    """A co-holder with some fields replaced."""
    return {**COTITULAIRE, **champs}
