"""What an agreement does as it never did: a new network, many more calls, many more reads. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address, ip_network
from statistics import median

from sne.socle.signes import INSECABLE, en_chiffres

PREFIXES = {4: 24, 6: 48}
"""Bits of an address that tell a network: what an operator is given, not a machine of it."""


class Nature(StrEnum):
    """Kinds of unusual use."""

    RESEAU = "RESEAU"
    VOLUME = "VOLUME"
    LECTURES = "LECTURES"


@dataclass(frozen=True, slots=True)
class Heure:
    """Calls of one agreement from one network in one hour. ``debut``: in Paris; ``lectures``: files given."""

    debut: datetime
    reseau: str
    appels: int
    lectures: int


@dataclass(frozen=True, slots=True)
class Seuils:
    """``facteur``: times the habit; below ``appels`` an hour or ``lectures`` a day, nothing is unusual."""

    facteur: int
    appels: int
    lectures: int


@dataclass(frozen=True, slots=True)
class Constat:
    """One unusual use. ``reseau``: the new one; ``compte``, ``habitude``: calls of the hour, reads of the day."""

    nature: Nature
    debut: datetime
    reseau: str = ""
    compte: int = 0
    habitude: int = 0


def dire(constat: Constat) -> str:
    """An unusual use in one sentence."""
    quand, heure = f"Le {constat.debut:%d/%m/%Y}", constat.debut.hour
    compte, habitude = en_chiffres(constat.compte), en_chiffres(constat.habitude)
    entre = f"{quand}, entre {heure}{INSECABLE}h et {heure + 1}{INSECABLE}h"
    if constat.nature is Nature.RESEAU:
        ou = f"d’un réseau nouveau, {constat.reseau}"
        return f"{entre}, des appels sont venus {ou} (en tout{INSECABLE}: {compte})."
    if constat.nature is Nature.VOLUME:
        return f"{entre}, appels reçus{INSECABLE}: {compte}. Une heure ordinaire en compte {habitude}."
    return f"{quand}, demandes lues{INSECABLE}: {compte}. Un jour ordinaire en compte {habitude}."


@lru_cache(maxsize=1024)
def reseau_de(adresse: str) -> str:
    """The network of an address, which names no machine: ``203.0.113.0/24``; empty when it is not known."""
    if not adresse:
        return ""
    lue = ip_address(adresse)
    lue = getattr(lue, "ipv4_mapped", None) or lue
    return str(ip_network((lue, PREFIXES[lue.version]), strict=False))


def constater(
    avant: Sequence[Heure], heures: Sequence[Heure], *, jour_fini: date | None, seuils: Seuils
) -> tuple[Constat, ...]:
    """What is unusual in the ``heures`` of one agreement that were not judged yet, against what it did ``avant``.

    ``jour_fini``: the day that has just ended, whose reads are judged as a whole. A first use is no unusual one:
    nothing is known of it.
    """
    toutes = [*avant, *heures]
    constats = _reseaux(avant, heures)
    par_heure = _compter((h.debut, h.appels) for h in toutes)
    for debut in sorted({h.debut for h in heures}):
        usuels = [n for quand, n in par_heure.items() if quand < debut]
        habitude = _depasse(par_heure[debut], usuels, seuils.facteur, seuils.appels)
        if habitude is not None:
            constats.append(Constat(Nature.VOLUME, debut, compte=par_heure[debut], habitude=habitude))
    if jour_fini is not None:
        constats += _lectures(toutes, jour_fini, seuils)
    return tuple(constats)


def _reseaux(avant: Sequence[Heure], heures: Sequence[Heure]) -> list[Constat]:
    connus = {h.reseau for h in avant if h.reseau}
    if not connus:
        return []
    constats = []
    for heure in sorted(heures, key=lambda h: (h.debut, h.reseau)):
        if heure.reseau and heure.reseau not in connus:
            connus.add(heure.reseau)
            constats.append(Constat(Nature.RESEAU, heure.debut, reseau=heure.reseau, compte=heure.appels))
    return constats


def _lectures(heures: Iterable[Heure], jour_fini: date, seuils: Seuils) -> list[Constat]:
    gardees = list(heures)
    par_jour = _compter((h.debut.date(), h.lectures) for h in gardees)
    usuels = [n for quand, n in par_jour.items() if quand < jour_fini]
    habitude = _depasse(par_jour.get(jour_fini, 0), usuels, seuils.facteur, seuils.lectures)
    if habitude is None:
        return []
    debut = min(h.debut for h in gardees if h.debut.date() == jour_fini)
    return [Constat(Nature.LECTURES, debut, compte=par_jour[jour_fini], habitude=habitude)]


def _compter[K: Hashable](paires: Iterable[tuple[K, int]]) -> Counter[K]:
    comptes: Counter[K] = Counter()
    for cle, nombre in paires:
        comptes[cle] += nombre
    return comptes


def _depasse(compte: int, usuels: Sequence[int], facteur: int, plancher: int) -> int | None:
    """The habit, when ``compte`` is beyond so many times it; ``None`` when it is not."""
    habitude = round(median([n for n in usuels if n] or [0]))
    return habitude if compte > max(plancher, facteur * habitude) else None
