"""The one way out over HTTP: what leaves, how long one waits, how much one reads. It knows no service and logs nothing.

What speaks another protocol has the deadline alone (:func:`borner`).

The library is loaded by the first question: a process that never asks does without its memory.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    import httpx2


@dataclass(frozen=True, slots=True)
class Bornes:
    """Seconds to connect, between two pieces of an answer, for the whole of it; bytes of its body at most."""

    connexion: float
    lecture: float
    total: float
    octets_max: int


@dataclass(frozen=True, slots=True)
class Envoi:
    """What is asked: an address, and what goes with it: a body in JSON, a form, or bytes that ``entetes`` name.

    ``methode``: empty, POST with one of them and GET without. ``lus``: statuses whose body is read; others say enough.
    """

    adresse: str
    bornes: Bornes
    parametres: Mapping[str, str | int] | None = None
    corps: Mapping[str, Any] | None = None
    formulaire: Mapping[str, str] | None = None
    octets: bytes | None = None
    entetes: Mapping[str, str] = field(default_factory=dict)
    lus: frozenset[int] = frozenset({200})
    methode: str = ""


@dataclass(frozen=True, slots=True)
class Reponse:
    """A status, what ``Retry-After`` says, and the bytes of a body that was wanted."""

    statut: int
    attente: str
    octets: bytes


class Echec(Enum):
    """Why there is no answer: too slow, not there or cut short, too long, or in a coding that was not asked for."""

    LENT = auto()
    INJOIGNABLE = auto()
    TROP_LONG = auto()
    CODE = auto()


class EnvoiEchoue(OSError):
    """No answer."""

    def __init__(self, echec: Echec) -> None:
        super().__init__(echec.name)
        self.echec = echec


def demander(envoi: Envoi) -> Reponse:
    """Ask once. Raises :class:`EnvoiEchoue`, and nothing else, whatever the other side does."""
    import httpx2  # noqa: PLC0415 - see the first lines

    limite = time.monotonic() + envoi.bornes.total
    try:
        with borner(envoi.bornes.total) as suivre, _ouvrir(envoi, suivre) as recue:
            octets = _lire(recue, envoi.bornes, limite=limite) if recue.status_code in envoi.lus else b""
            return Reponse(recue.status_code, recue.headers.get("Retry-After", ""), octets)
    except httpx2.TimeoutException:
        raise EnvoiEchoue(Echec.LENT) from None
    except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL):
        trop_tard = time.monotonic() >= limite  # we have hung up ourselves
        raise EnvoiEchoue(Echec.LENT if trop_tard else Echec.INJOIGNABLE) from None


@contextmanager
def borner(secondes: float) -> Iterator[Callable[[socket.socket], None]]:
    """Cut the connection of the call that is made inside, once it has lasted that long, whatever it is sent meanwhile.

    Libraries count between two bytes only: an answer given byte by byte would hold whoever waits for it. Gives what is
    to be told of each connection: as it is opened, before its TLS, or as it is taken again when another call kept it.
    """
    prises: list[socket.socket] = []
    limite = time.monotonic() + secondes

    def suivre(prise: socket.socket) -> None:
        prises.append(socket.socket(fileno=os.dup(prise.fileno())))  # one of TLS has no double of its own
        if time.monotonic() >= limite:  # a name that was long to find
            couper()

    def couper() -> None:
        for prise in prises:
            with suppress(OSError):  # the other side has hung up, or the call is over
                prise.shutdown(socket.SHUT_RDWR)

    minuterie = threading.Timer(secondes, couper)
    minuterie.daemon = True
    minuterie.start()
    try:
        yield suivre
    finally:
        minuterie.cancel()
        minuterie.join()
        for prise in prises:
            prise.close()


def tracer(suivre: Callable[[socket.socket], None]) -> Callable[[str, Mapping[str, Any]], None]:
    """What the library of HTTP is to tell of its steps (``trace``), for :func:`borner`: the connections it opens."""

    def trace(etape: str, dits: Mapping[str, Any]) -> None:
        if etape == "connection.connect_tcp.complete":
            suivre(dits["return_value"].get_extra_info("socket"))

    return trace


@lru_cache(maxsize=1)
def client() -> "httpx2.Client":
    """The client of this process. Redirections are not followed: where we ask is a setting; no cookie is kept."""
    import httpx2  # noqa: PLC0415 - see the first lines

    # no connection is kept for another call: :func:`borner` cuts those that it saw open
    seules = httpx2.Limits(max_keepalive_connections=0)
    for bavard in ("httpx2", "httpcore2"):  # they write addresses, and an address says what is looked for
        logging.getLogger(bavard).setLevel(logging.WARNING)
    return httpx2.Client(
        headers={
            "User-Agent": f"sne/{version('sne')}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a small answer that swells is refused
        },
        follow_redirects=False,
        limits=seules,
        trust_env=not settings.DEMONSTRATION,  # a demonstration asks this machine, whatever proxy is set
    )


def _ouvrir(envoi: Envoi, suivre: Callable[[socket.socket], None]) -> Any:
    import httpx2  # noqa: PLC0415 - see the first lines

    nu = envoi.corps is None and envoi.formulaire is None and envoi.octets is None
    return client().stream(
        envoi.methode or ("GET" if nu else "POST"),
        envoi.adresse,
        params=envoi.parametres,
        json=envoi.corps,
        data=envoi.formulaire,
        content=envoi.octets,
        headers=dict(envoi.entetes),
        timeout=httpx2.Timeout(envoi.bornes.lecture, connect=envoi.bornes.connexion),
        extensions={"trace": tracer(suivre)},
    )


def _lire(recue: "httpx2.Response", bornes: Bornes, *, limite: float) -> bytes:
    if recue.headers.get("Content-Encoding", "identity") != "identity":
        raise EnvoiEchoue(Echec.CODE)
    morceaux = bytearray()
    for morceau in recue.iter_raw():
        morceaux += morceau
        if len(morceaux) > bornes.octets_max:
            raise EnvoiEchoue(Echec.TROP_LONG)
        if time.monotonic() > limite:
            raise EnvoiEchoue(Echec.LENT)
    return bytes(morceaux)
