"""Threads of one process shared between agreements: none keeps the others waiting. Held in memory, per process."""

import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from sne.conventions.parametres import ParametresConventions
from sne.referentiels.selectors import get_parametres
from sne.socle.erreurs import Refus
from sne.socle.serveur_editeurs import FILS


class Occupe(Refus):
    """This agreement already runs and waits as much as it may (HTTP 429, ``Retry-After``)."""

    code = "OCCUPE"
    attendre = 1
    """Seconds before another try is worth it."""


class Equite:
    """Each agreement runs a share of the ``fils`` of this process, and as many of its calls wait a little.

    ``part``: of the threads, at least one; ``attente``: seconds at most.
    """

    def __init__(self, fils: int, *, part: float, attente: float) -> None:
        self._au_plus = max(1, int(fils * part))
        self._attente = attente
        self._verrou = threading.Condition()
        self._en_cours: Counter[uuid.UUID] = Counter()
        self._en_attente: Counter[uuid.UUID] = Counter()

    @contextmanager
    def place(self, convention_id: uuid.UUID) -> Iterator[None]:
        """Run the block in the share of this agreement. Raises ``Occupe``."""
        self._prendre(convention_id)
        try:
            yield
        finally:
            with self._verrou:
                _retirer(self._en_cours, convention_id)
                self._verrou.notify_all()

    def etat(self, convention_id: uuid.UUID) -> tuple[int, int]:
        """Calls of this agreement that run, and that wait, in this process."""
        with self._verrou:
            return self._en_cours.get(convention_id, 0), self._en_attente.get(convention_id, 0)

    def _prendre(self, convention_id: uuid.UUID) -> None:
        with self._verrou:
            if self._en_cours[convention_id] >= self._au_plus:
                self._patienter(convention_id)
            self._en_cours[convention_id] += 1

    def _patienter(self, convention_id: uuid.UUID) -> None:
        if self._en_attente[convention_id] < self._au_plus:
            self._en_attente[convention_id] += 1
            try:
                if self._verrou.wait_for(
                    lambda: self._en_cours[convention_id] < self._au_plus, self._attente
                ):
                    return
            finally:
                _retirer(self._en_attente, convention_id)
        raise Occupe("Trop d’appels en même temps. Attendez que les précédents aient reçu leur réponse.")


def equite(le: date) -> Equite:
    """The one that every interface of this process shares, with the figures of that day."""
    lus = get_parametres(le)[ParametresConventions]
    return _partager(float(lus.convention_equite_part), float(lus.convention_equite_attente_secondes))


@cache
def _partager(part: float, attente: float) -> Equite:
    return Equite(FILS, part=part, attente=attente)


def _retirer(comptes: Counter[uuid.UUID], cle: uuid.UUID) -> None:
    comptes[cle] -= 1
    if not comptes[cle]:
        del comptes[cle]
