"""The port of monthly resources: always as many months as were asked for, each of one of six kinds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from sne.connecteurs.drm.http import ServiceDrm
from sne.connecteurs.drm.rules.lecture import Demandee
from sne.connecteurs.drm.rules.lots import EtatLot, Page
from sne.connecteurs.drm.rules.mois import Mois
from sne.connecteurs.rules import Pour, Resultat


class PortRessources(Protocol):
    """Who knows what somebody was paid."""

    def demander(self, demandee: Demandee, *, pour: Pour) -> tuple[Mois, ...]:
        """One entry for each month asked for, newest first. Never raises for what the outside does."""
        ...

    def deposer_lot(self, cle: str, personnes: Mapping[str, Demandee], *, pour: Pour) -> Resultat[EtatLot]:
        """Send a lot under a key of ours: the same key again is the same lot."""
        ...

    def suivre_lot(self, cle: str, *, pour: Pour) -> Resultat[EtatLot]:
        """Where the source is with it; whether it ever received it."""
        ...

    def lire_lot(self, cle: str, page: int, *, mois: Sequence[date], pour: Pour) -> Resultat[Page]:
        """One page of what it answered (from 1), for the months that were asked for."""
        ...


def demander_ressources(demandee: Demandee, *, pour: Pour) -> tuple[Mois, ...]:
    """What the source says of each month. Whether this person may be asked about is the caller's to have decided."""
    port: PortRessources = ServiceDrm()
    return port.demander(demandee, pour=pour)


def port_des_lots() -> PortRessources:
    """Who is asked about many persons at once, by the task that does it at night."""
    return ServiceDrm()
