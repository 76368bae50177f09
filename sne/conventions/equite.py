"""Threads of one process shared between agreements: none keeps the others waiting. Held in memory, per process."""

import threading
import time
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

CEDER = 0.03
"""Seconds at most that a call which waited lets those of others go before it."""
SILENCE = 0.003
"""Seconds without any of theirs, by which a client that calls again at once is known."""


class Occupe(Refus):
    """This agreement already runs and waits as much as it may (HTTP 429, ``Retry-After``)."""

    code = "OCCUPE"
    attendre = 2
    """Seconds before another try is worth it: what is tried sooner meets those that wait, and costs the others."""


class Equite:
    """Each agreement runs a share of the ``fils`` of this process, and as many of its calls wait a little.

    A call that waited for those of its own agreement lets the calls of others end first: threads of one process share
    one processor, so that whoever holds many connections would double what each of the others waits.
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
            if self._en_cours[convention_id] >= self._au_plus or self._en_attente[convention_id]:
                self._patienter(convention_id)
            self._en_cours[convention_id] += 1

    def _patienter(self, convention_id: uuid.UUID) -> None:
        """Until there is a place, and nobody else is answered or enough was given way."""
        limite = time.monotonic() + self._attente

        def place() -> bool:
            return self._en_cours[convention_id] < self._au_plus

        def seule() -> bool:
            return self._en_cours.keys() <= {convention_id}

        if self._en_cours[convention_id] + self._en_attente[convention_id] < 2 * self._au_plus:
            self._en_attente[convention_id] += 1
            try:
                while self._verrou.wait_for(place, limite - time.monotonic()):
                    assez = time.monotonic() + CEDER
                    while self._verrou.wait_for(seule, assez - time.monotonic()):
                        if not self._verrou.wait_for(lambda: not seule(), SILENCE):
                            break
                    if place():
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
