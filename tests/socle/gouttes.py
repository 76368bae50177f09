"""A server that answers byte by byte: never silent for long, and slow to the end."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ENTIERE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
HTTP = (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Lent: ", b"\r\n\r\n")
SMTP = (b"554-", b"\r\n554 fin\r\n")  # speaks first, and refuses: cut before its end, it has refused nothing
OCTETS, PAS = 200, 0.02
"""Four seconds in all, then the answer is whole: a test ends whatever becomes of the call."""


@contextmanager
def au_compte_gouttes(*, entiere_d_abord: bool = False, autour: tuple[bytes, bytes] = HTTP) -> Iterator[int]:
    """Answers one call so, what is ``autour`` of the drops at once; the port. ``entiere_d_abord``: a call before it is
    answered at once, on a connection that the next one may use.
    """
    with socket.create_server(("127.0.0.1", 0)) as ecoute:
        ecoute.settimeout(10)
        fil = threading.Thread(target=_distiller, args=[ecoute, entiere_d_abord, autour])
        fil.start()
        yield ecoute.getsockname()[1]
        fil.join()


def _distiller(ecoute: socket.socket, entiere_d_abord: bool, autour: tuple[bytes, bytes]) -> None:
    with suppress(OSError):  # the caller has hung up, or never came
        prise, _ = ecoute.accept()
        prise.settimeout(10)
        if autour is not SMTP:
            prise.recv(65_536)
        if entiere_d_abord:
            prise.sendall(ENTIERE)
            if not prise.recv(65_536):  # the next call comes by a connection of its own
                prise.close()
                prise, _ = ecoute.accept()
                prise.recv(65_536)
        with prise:
            prise.sendall(autour[0])
            for _ in range(OCTETS):
                prise.sendall(b"a")
                time.sleep(PAS)
            prise.sendall(autour[1])
