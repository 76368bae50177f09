"""The feed behind the seal, in process: acts are sealed, then delivered as the worker does."""

import time

from sne.bench import foyers
from sne.bench.actes import Deposer
from sne.bench.equipe import Poste
from sne.bench.pgbench import MesureImpossible
from sne.flux.rules.types import Serie
from sne.flux.selectors.lignes import get_etat
from sne.journal.actions import sceller
from sne.journal.handlers import distribuer
from sne.journal.selectors import etat_du_journal

RAFALE = 20  # registrations between two seals


class SuivreLeSceau:
    """A burst of registrations, their seal, then their delivery, which alone is counted."""

    def __init__(self, poste: Poste) -> None:
        self.deposer = Deposer(poste)
        while sceller() > 0:
            distribuer()

    def preparer(self, nombre: int) -> None:
        self.deposer.preparer(nombre)

    def agir(self) -> float:
        for _ in range(RAFALE):
            self.deposer.agir()
        while etat_du_journal().en_attente:  # what is still open elsewhere on the server delays a seal
            sceller()
        avant = get_etat(foyers.TERRITOIRE, Serie.DEMANDES).numero
        debut = time.perf_counter()
        distribuer()
        duree = (time.perf_counter() - debut) * 1000
        if get_etat(foyers.TERRITOIRE, Serie.DEMANDES).numero == avant:
            raise MesureImpossible("Le flux n’a pas suivi le scellement.")
        return duree
