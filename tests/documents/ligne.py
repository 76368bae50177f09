"""A bad line: a relay between a sender and the service that loses one piece in five, and the connection with it."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

MORCEAU = 16_384  # bytes


class MauvaiseLigne:
    """Relays to ``vers`` (host, port). Once ``perd``, each piece, either way, has one chance in five to cut."""

    def __init__(self, vers: tuple[str, int], graine: int) -> None:
        self.vers, self.hasard, self.perd, self.coupures = vers, random.Random(graine), False, 0
        self.verrou = threading.Lock()
        self.ecoute = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.ecoute.getsockname()[1]
        threading.Thread(target=self._accueillir, daemon=True).start()

    def _accueillir(self) -> None:
        with suppress(OSError):  # closed: the end
            while True:
                client, _ = self.ecoute.accept()
                service = socket.create_connection(self.vers)
                for sens in ((client, service), (service, client)):
                    threading.Thread(target=self._relayer, args=sens, daemon=True).start()

    def _relayer(self, depuis: socket.socket, vers: socket.socket) -> None:
        with suppress(OSError):  # the other way was cut
            while octets := depuis.recv(MORCEAU):
                if self._perdu():
                    break
                vers.sendall(octets)
        for bout in (depuis, vers):
            with suppress(OSError):
                bout.shutdown(socket.SHUT_RDWR)
            bout.close()

    def _perdu(self) -> bool:
        with self.verrou:
            perdu = self.perd and self.hasard.random() < 0.2
            self.coupures += perdu
        return perdu


@contextmanager
def mauvaise_ligne(vers: tuple[str, int], *, graine: int) -> Iterator[MauvaiseLigne]:
    """One, closed at the end."""
    ligne = MauvaiseLigne(vers, graine)
    try:
        yield ligne
    finally:
        ligne.ecoute.close()
