"""The port of companies."""

from typing import Protocol

from sne.connecteurs.entreprises.http import ServiceNational
from sne.connecteurs.entreprises.rules.etats import Entreprise
from sne.connecteurs.entreprises.rules.lecture import RechercheEntreprise
from sne.connecteurs.rules import Pour, Resultat


class PortEntreprises(Protocol):
    """Who knows companies."""

    def chercher(self, recherche: RechercheEntreprise, *, pour: Pour) -> Resultat[tuple[Entreprise, ...]]:
        """The companies, best first; none is an answer. Never raises for what the outside does."""
        ...


def chercher_entreprises(recherche: RechercheEntreprise, *, pour: Pour) -> Resultat[tuple[Entreprise, ...]]:
    """What is found for a number or a name, there."""
    port: PortEntreprises = ServiceNational()
    return port.chercher(recherche, pour=pour)
