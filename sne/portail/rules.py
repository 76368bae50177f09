"""How many checks one network address may ask for: a bucket that empties with each and fills with time; what kind of
device somebody holds. Pure.
"""

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Debit:
    """How fast one address may check: ``rafale`` at once (a desk with a pile of files), then one in ``secondes``."""

    rafale: int
    secondes: int


@dataclass(frozen=True, slots=True)
class Seau:
    """Checks left to an address at an instant (seconds)."""

    reste: float
    instant: float


def puiser(seau: Seau | None, instant: float, debit: Debit) -> tuple[Seau, float]:
    """One check asked for at ``instant``: the bucket afterwards, and the seconds to wait (0: granted)."""
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


APPAREILS = (("ipad", "une tablette"), ("tablet", "une tablette"), ("mobi", "un téléphone"))
"""Signs of a browser's own name, and what it runs on, the first that is found."""


def appareil_de(navigateur: str) -> str:
    """The kind of device that a browser says it runs on, in words; a name that says nothing is a computer's."""
    signes = navigateur.lower()
    return next((mots for signe, mots in APPAREILS if signe in signes), "un ordinateur")
