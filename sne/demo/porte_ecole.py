"""The École's address in the demonstration: nothing runs behind it until somebody comes."""

import contextlib
import socket

from sne.demo.port import port_libre, port_se_libere

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>L’École démarre</title></head><body>
<h1>L’École démarre</h1>
<p>Elle s’ouvre ici dans quelques minutes la première fois, et en moins d’une minute ensuite.</p>
<p>Rechargez alors cette page.</p>
</body></html>"""
PATIENCE = 1.0  # seconds for a caller to say what it wants


class PorteDeLEcole:
    """A socket that answers once, then leaves its port to the École itself."""

    def __init__(self, adresse: str, port: int) -> None:
        self.port = port if port_se_libere(adresse, port) else port_libre()
        self._prise: socket.socket | None = socket.create_server((adresse, self.port))
        self._prise.setblocking(False)

    def quelqu_un(self) -> bool:
        """Whether somebody has just come, who was told to wait; never again after that."""
        if self._prise is None:
            return False
        try:
            appel, _ = self._prise.accept()
        except BlockingIOError:
            return False
        self.fermer()
        with appel, contextlib.suppress(OSError):
            appel.settimeout(PATIENCE)
            appel.recv(65_536)
            corps = PAGE.encode()
            entetes = (
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nRetry-After: 60\r\n"
                f"Content-Length: {len(corps)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
            )
            appel.sendall(entetes.encode() + corps)
        return True

    def fermer(self) -> None:
        """Leave the port."""
        if self._prise is not None:
            self._prise.close()
            self._prise = None
