"""What was answered a moment ago, in this process only: bounded, and what was asked is not written in it."""

import hmac
import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256

from sne.connecteurs.rules import Reponse

CLE = secrets.token_bytes(32)  # of this process: a dump of the memory of another says nothing
PLACES = 2_000


class Memoire[T]:
    """Answers by the keyed fingerprint of what was asked; the oldest leaves first. Never for a person's data."""

    def __init__(self, places: int = PLACES) -> None:
        self._places, self._verrou = places, threading.Lock()
        self._lignes: OrderedDict[bytes, Reponse[T]] = OrderedDict()

    def lire(self, *quoi: str, le: datetime, duree: timedelta) -> Reponse[T] | None:
        """The answer, unless it is older than ``duree``."""
        with self._verrou:
            connue = self._lignes.get(_empreinte(quoi))
        return connue if connue is not None and le - connue.le < duree else None

    def garder(self, *quoi: str, reponse: Reponse[T]) -> None:
        """Keep it, in the place of an older one if need be."""
        with self._verrou:
            cle = _empreinte(quoi)
            self._lignes[cle] = reponse
            self._lignes.move_to_end(cle)
            while len(self._lignes) > self._places:
                self._lignes.popitem(last=False)

    def vider(self) -> None:
        """Forget everything."""
        with self._verrou:
            self._lignes.clear()

    def __len__(self) -> int:
        return len(self._lignes)


def _empreinte(quoi: tuple[str, ...]) -> bytes:
    return hmac.digest(CLE, "\0".join(quoi).encode(), sha256)
