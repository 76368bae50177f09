"""How often somebody may ask, counted in the memory of each web process: it stops noise, and writes nothing."""

import ipaddress
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

GARDES = 10_000
"""Askers remembered; beyond, the one not seen for the longest time is forgotten."""


@dataclass(frozen=True, slots=True)
class Debit:
    """How fast one may ask: ``rafale`` at once (a desk with a pile of files), then one in ``secondes``."""

    rafale: int
    secondes: float


@dataclass(frozen=True, slots=True)
class Seau:
    """What is left to somebody at an instant (seconds)."""

    reste: float
    instant: float


def puiser(seau: Seau | None, instant: float, debit: Debit) -> tuple[Seau, float]:
    """One more at ``instant``: the bucket afterwards, and the seconds to wait (0: granted)."""
    if seau is None:
        return Seau(debit.rafale - 1, instant), 0.0
    gagne = max(0.0, instant - seau.instant) / debit.secondes
    reste = min(float(debit.rafale), seau.reste + gagne)
    if reste >= 1:
        return Seau(reste - 1, instant), 0.0
    return Seau(reste, instant), (1 - reste) * debit.secondes


def reseau_de(adresse: str) -> str:
    """What counts as one asker: an IPv4 address, or an IPv6 network of 64 bits; empty when unknown."""
    try:
        ip = ipaddress.ip_address(adresse)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ipaddress.ip_network((ip, 64), strict=False))


class Seaux:
    """The buckets of everybody, in this process."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._seaux: OrderedDict[str, Seau] = OrderedDict()

    def demander(self, qui: str, debit: Debit, *, instant: float) -> int:
        """Count one more of ``qui``; the whole seconds to wait when it is one too many, else 0."""
        with self._verrou:
            self._seaux[qui], attente = puiser(self._seaux.get(qui), instant, debit)
            self._seaux.move_to_end(qui)
            if len(self._seaux) > GARDES:
                self._seaux.popitem(last=False)
        return math.ceil(attente)

    def oublier(self) -> None:
        """Forget every count."""
        with self._verrou:
            self._seaux.clear()
