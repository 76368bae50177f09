"""Values kept in the process for a minute: read all the time, changed a few times a year."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

DUREE = 60.0  # seconds during which a process may not see a new load


class Instantane[T]:
    """A value built from the tables, and built again after :data:`DUREE` when its version has changed."""

    def __init__(self, construire: Callable[[], T], version: Callable[[], Hashable] = object) -> None:
        self._construire, self._version = construire, version
        self._verrou = Lock()
        self._pris: tuple[float, Hashable, T] | None = None
        INSTANTANES.append(self)

    def obtenir(self) -> T:
        """The value; at most a minute old, and only one thread builds it."""
        pris = self._pris
        if pris and time.monotonic() - pris[0] < DUREE:
            return pris[2]
        with self._verrou:
            return self._rafraichir()

    def _rafraichir(self) -> T:
        pris, maintenant = self._pris, time.monotonic()
        if pris and maintenant - pris[0] < DUREE:  # another thread did it meanwhile
            return pris[2]
        version = self._version()
        valeur = pris[2] if pris and pris[1] == version else self._construire()
        self._pris = (maintenant, version, valeur)
        return valeur

    def oublier(self) -> None:
        """Build the value again at the next request."""
        self._pris = None


INSTANTANES: list[Instantane[Any]] = []


def oublier() -> None:
    """Forget everything this process keeps: after a load, and between tests that change the tables."""
    for instantane in INSTANTANES:
        instantane.oublier()
