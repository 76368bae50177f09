"""A relay before PostgreSQL that a test cuts and mends, as the one of a cluster does when its server changes."""

import contextlib
import socket
import threading
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

TRANCHE = 1 << 16  # bytes


class Passerelle:
    """Listens on a Unix socket in ``dossier`` and leads to the server of ``url``; ``self.url`` goes through it."""

    def __init__(self, url: str, dossier: Path) -> None:
        with psycopg.connect(url) as connexion:
            self._hote, self._port = connexion.info.host, connexion.info.port
        self._prise = dossier / f".s.PGSQL.{self._port}"
        self._ecoute: socket.socket | None = None
        self._ouvertes: set[socket.socket] = set()
        morceaux = urlsplit(url)
        role = morceaux.netloc.rpartition("@")[0]
        acces = f"host={quote(str(dossier), safe='')}&port={self._port}"
        self.url = f"postgresql://{role}@{morceaux.path}?{acces}"
        self.dossier, self.port = str(dossier), str(self._port)

    def __enter__(self) -> "Passerelle":
        self.retablir()
        return self

    def __exit__(self, *_: object) -> None:
        self.couper()

    def retablir(self) -> None:
        """Let whoever comes reach the server."""
        self._ecoute = socket.socket(socket.AF_UNIX)
        self._ecoute.bind(str(self._prise))
        self._ecoute.listen(64)
        threading.Thread(target=self._accueillir, args=(self._ecoute,), daemon=True).start()

    def couper(self) -> None:
        """End every connection, and refuse the next ones."""
        if self._ecoute is not None:
            self._prise.unlink()
            self._ecoute.shutdown(socket.SHUT_RDWR)
            self._ecoute.close()
            self._ecoute = None
        for prise in list(self._ouvertes):
            with contextlib.suppress(OSError):
                prise.shutdown(socket.SHUT_RDWR)

    def _accueillir(self, ecoute: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                entrant, _ = ecoute.accept()
                sortant = self._vers_le_serveur()
                self._ouvertes |= {entrant, sortant}
                for source, but in ((entrant, sortant), (sortant, entrant)):
                    threading.Thread(target=self._copier, args=(source, but), daemon=True).start()

    def _vers_le_serveur(self) -> socket.socket:
        if not self._hote.startswith("/"):
            return socket.create_connection((self._hote, self._port))
        prise = socket.socket(socket.AF_UNIX)
        prise.connect(f"{self._hote}/.s.PGSQL.{self._port}")
        return prise

    def _copier(self, source: socket.socket, but: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(TRANCHE):
                but.sendall(octets)
        with contextlib.suppress(OSError):
            but.shutdown(socket.SHUT_RDWR)
        self._ouvertes.discard(source)
        source.close()
