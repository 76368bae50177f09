"""A server that answers byte by byte: never silent for long, and slow to the end."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

OCTETS, PAS = 200, 0.02
"""Four seconds in all, then the answer is whole: a test ends whatever becomes of the call."""


@contextmanager
def au_compte_gouttes() -> Iterator[int]:
    """Answers one call so, its headers first; the port."""
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        ecoute.settimeout(10)
        fil = threading.Thread(target=_distiller, args=[ecoute])
        fil.start()
        yield ecoute.getsockname()[1]
        fil.join()


def _distiller(ecoute: socket.socket) -> None:
    with suppress(OSError):  # the caller has hung up, or never came
        prise, _ = ecoute.accept()
        with prise:
            prise.recv(65_536)
            prise.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Lent: ")
            for _ in range(OCTETS):
                prise.sendall(b"a")
                time.sleep(PAS)
            prise.sendall(b"\r\n\r\n")
