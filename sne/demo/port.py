"""Which port can be listened on; what we have just killed leaves its own in a moment."""

import secrets
import socket
import time

PORTS = range(20_000, 32_000)  # below those that the system gives meanwhile to whoever calls out
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
    """A port of this machine that nobody uses now, nor is given before it is listened on."""
    while not _libre("127.0.0.1", port := secrets.choice(PORTS)):
        pass
    return port


def _libre(adresse: str, port: int) -> bool:
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((adresse, port))
        except OSError:
            return False
    return True
