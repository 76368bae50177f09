"""The port of monthly resources: always as many months as were asked for, each of one of six kinds."""

from typing import Protocol

from sne.connecteurs.drm.http import ServiceDrm
from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.mois import Mois
from sne.connecteurs.rules import Pour


class PortRessources(Protocol):
    """Who knows what somebody was paid."""

    def demander(self, demandee: Demandee, *, pour: Pour) -> tuple[Mois, ...]:
        """One entry for each month asked for, newest first. Never raises for what the outside does."""
        ...


def demander_ressources(demandee: Demandee, *, pour: Pour) -> tuple[Mois, ...]:
    """What the source says of each month. Whether this person may be asked about is the caller's to have decided."""
    port: PortRessources = ServiceDrm()
    return port.demander(demandee, pour=pour)
