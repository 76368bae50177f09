"""One HTTP client a process: what leaves, how long one waits, how much one reads. Nothing here knows a service's words.

The library is loaded by the first question: a process that never asks does without its memory.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.conf import settings

from sne.connecteurs.rules import Motif
from sne.socle.horloge import maintenant

if TYPE_CHECKING:
    import httpx2

CONNEXION = 1.0  # seconds; an address that does not answer is given up at once
LECTURE = 2.0  # seconds between two pieces of an answer
TOTAL = 3.0  # seconds of the whole: a service that answers byte by byte holds nobody
OCTETS_MAX = 256 * 1024


@dataclass(frozen=True, slots=True)
class Requete:
    """What is asked: an address of the settings and a path, parameters of the address or a body in JSON, not both.

    ``acceptes``: statuses that mean something to whoever reads; any other one is a failure.
    """

    adresse: str
    parametres: Mapping[str, str | int] | None = None
    corps: Mapping[str, Any] | None = None
    cle: str = ""
    acceptes: frozenset[int] = frozenset({200})
    lecture: float = LECTURE
    total: float = TOTAL
    octets_max: int = OCTETS_MAX


@dataclass(frozen=True, slots=True)
class Recu:
    """A status that was wanted, and its bytes."""

    statut: int
    octets: bytes


class EchecAppel(Exception):
    """No answer. ``compte``: it is the service's fault; ``attente``: how long it asks to be left alone."""

    def __init__(self, motif: Motif, *, compte: bool = True, attente: timedelta | None = None) -> None:
        super().__init__(motif.value)
        self.motif, self.compte, self.attente = motif, compte, attente


def demander(requete: Requete) -> Recu:
    """Ask once. Raises :class:`EchecAppel`, and nothing else, whatever the other side does."""
    import httpx2  # noqa: PLC0415 - see the first lines

    limite = time.monotonic() + requete.total
    try:
        with _ouvrir(requete) as reponse:
            _juger(reponse, acceptes=requete.acceptes)
            return Recu(reponse.status_code, _lire(reponse, limite=limite, octets_max=requete.octets_max))
    except httpx2.TimeoutException:
        raise EchecAppel(Motif.LENT) from None
    except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL):
        raise EchecAppel(Motif.INDISPONIBLE) from None


@lru_cache(maxsize=1)
def client() -> "httpx2.Client":
    """The client of this process. Redirections are not followed: where we ask is a setting."""
    import httpx2  # noqa: PLC0415 - see the first lines

    for bavard in ("httpx2", "httpcore2"):  # they write addresses, and an address says what is looked for
        logging.getLogger(bavard).setLevel(logging.WARNING)
    return httpx2.Client(
        headers={
            "User-Agent": f"sne/{version('sne')}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a small answer that swells is refused
        },
        timeout=httpx2.Timeout(LECTURE, connect=CONNEXION),
        follow_redirects=False,
        trust_env=not settings.DEMONSTRATION,  # a demonstration asks this machine, whatever proxy is set
    )


def _ouvrir(requete: Requete) -> Any:
    import httpx2  # noqa: PLC0415 - see the first lines

    return client().stream(
        "POST" if requete.corps is not None else "GET",
        requete.adresse,
        params=requete.parametres,
        json=requete.corps,
        headers={"Authorization": f"Bearer {requete.cle}"} if requete.cle else {},
        timeout=httpx2.Timeout(requete.lecture, connect=CONNEXION),
    )


def _juger(reponse: "httpx2.Response", *, acceptes: frozenset[int]) -> None:
    statut = reponse.status_code
    if statut in acceptes:
        if reponse.headers.get("Content-Encoding", "identity") != "identity":
            raise EchecAppel(Motif.ILLISIBLE)
        return
    if statut == 429:
        raise EchecAppel(
            Motif.TROP, attente=lire_attente(reponse.headers.get("Retry-After", ""), maintenant())
        )
    if statut in {400, 422}:  # of this question only
        raise EchecAppel(Motif.REFUSE, compte=False)
    if 400 <= statut < 500:
        raise EchecAppel(Motif.REFUSE)
    raise EchecAppel(Motif.INDISPONIBLE if statut >= 500 else Motif.ILLISIBLE)


def _lire(reponse: "httpx2.Response", *, limite: float, octets_max: int) -> bytes:
    morceaux = bytearray()
    for morceau in reponse.iter_raw():
        morceaux += morceau
        if len(morceaux) > octets_max:
            raise EchecAppel(Motif.ILLISIBLE)
        if time.monotonic() > limite:
            raise EchecAppel(Motif.LENT)
    return bytes(morceaux)


def lire_attente(texte: str, le: datetime) -> timedelta | None:
    """What ``Retry-After`` says, in seconds or as a date; ``None`` when it says nothing that can be read."""
    texte = texte.strip()
    if texte.isascii() and texte.isdigit():
        return timedelta(seconds=min(int(texte[:9]), 10**8))
    try:
        quand = parsedate_to_datetime(texte)
        return (quand.astimezone(le.tzinfo) if quand.tzinfo else quand.replace(tzinfo=le.tzinfo)) - le
    except (ValueError, OverflowError):
        return None
