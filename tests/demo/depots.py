"""Registers one fictional household, for tests that need a file on record."""

from dataclasses import dataclass

from sne.demo.generation.atelier import acteur_de_la_reprise, reprise
from sne.registre.depot.actions.reprendre import Reprise, reprendre_demandes
from tests.demo.decors import generateur


@dataclass(frozen=True)
class Depose:
    """What was registered."""

    nud: str
    nom: str


def deposer_un_menage(rang: int = 0) -> Depose:
    """Write the household of that rank, without renewals nor end."""
    menage = generateur().menage(rang)
    depot = reprise(menage).depot
    numeros = reprendre_demandes([Reprise(depot)], acteur=acteur_de_la_reprise())
    assert menage.contenu.demandeur is not None
    return Depose(numeros[str(menage.id)], str(menage.contenu.demandeur.identite.nom_naissance))
