"""Which port can be listened on; what we have just killed leaves its own in a moment."""

import socket
import time

DELAI = 3.0  # seconds for processes just killed to leave the port
PAS = 0.05  # seconds between two looks


def port_se_libere(adresse: str, port: int, *, delai: float = DELAI) -> bool:
    """Whether the port is free, within ``delai`` seconds."""
    limite = time.monotonic() + delai
    while not _libre(adresse, port):
        if time.monotonic() > limite:
            return False
        time.sleep(PAS)
    return True


def port_libre() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def _libre(adresse: str, port: int) -> bool:
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((adresse, port))
        except OSError:
            return False
    return True
