"""Regions, their départements, and the territory each is in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DepartementChoix:
    """A département. ``territoire``: where its demandes are; empty for an overseas collectivity that has none."""

    code: str
    nom: str
    region: str
    territoire: str


@dataclass(frozen=True, slots=True)
class Decoupage:
    """Names of the regions by code, and every département by code, both in order."""

    regions: Mapping[str, str]
    departements: Mapping[str, DepartementChoix]

    def territoires_de(self, region: str) -> tuple[str, ...]:
        """Territories of a region, in order; empty for an unknown code."""
        siens = {d.territoire for d in self.departements.values() if d.region == region and d.territoire}
        return tuple(sorted(siens))

    def region_de(self, territoire: str) -> str:
        """The region that a territory is in: all its départements are of one; empty for an unknown code."""
        return next((d.region for d in self.departements.values() if d.territoire == territoire), "")

    def departements_de(self, territoire: str) -> tuple[DepartementChoix, ...]:
        """Départements of a territory, in order: one, or those of Île-de-France."""
        return tuple(d for d in self.departements.values() if d.territoire == territoire)
