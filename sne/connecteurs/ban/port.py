"""The port of addresses, and who answers it: the national service or our index, as a dated parameter chooses."""

from typing import Protocol

from sne.connecteurs.adresses.moteur import IndexLocal
from sne.connecteurs.allumage import adresses_en_local
from sne.connecteurs.ban.http import ServiceNational
from sne.connecteurs.ban.rules import Adresse, RechercheAdresse
from sne.connecteurs.rules import Pour, Resultat


class PortAdresses(Protocol):
    """Who proposes addresses."""

    def chercher(self, recherche: RechercheAdresse, *, pour: Pour) -> Resultat[tuple[Adresse, ...]]:
        """The proposals, best first. Never raises for what the outside does."""
        ...


def chercher_adresses(recherche: RechercheAdresse, *, pour: Pour) -> Resultat[tuple[Adresse, ...]]:
    """What is proposed for what is typed, there. An address to be protected never leaves the machine."""
    port: PortAdresses = IndexLocal() if recherche.protegee or adresses_en_local() else ServiceNational()
    return port.chercher(recherche, pour=pour)
