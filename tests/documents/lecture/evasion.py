"""Plays a reading process that a hostile file took over: closed in as the real one, it tries to get out.

    python -I evasion.py DOSSIER SECRET PORT < limits

Prints what it managed, as JSON.
"""

import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sne.documents.lecture import enclos

IO_URING_SETUP = 425  # the same number on every architecture


def reussit(essai: Callable[[], object]) -> bool:
    """Whether the attempt went through."""
    try:
        return essai() is not None
    except (OSError, MemoryError, ValueError):
        return False


def appeler(numero: int, *arguments: object) -> int:
    """A system call by its number. Raises ``OSError``."""
    rendu = int(ctypes.CDLL(None, use_errno=True).syscall(numero, *arguments))
    if rendu < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return rendu


def main() -> None:
    """Close in, try everything, tell."""
    dossier, secret, port = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    acquis = enclos.fermer(
        dossier, bornes=json.load(sys.stdin), parent=os.getppid(), source=str(dossier / "recu")
    )
    permis = reussit(lambda: (dossier / "sortie").write_text("x"))
    essais = {
        "lire un autre fichier": secret.read_bytes,
        "lire la configuration": Path("/etc/passwd").read_bytes,
        "lire le dossier des autres": lambda: list(secret.parent.iterdir()),
        "écrire ailleurs": lambda: secret.with_name("trace").write_text("x"),
        "altérer ce qui est lu": lambda: secret.with_name("recu").write_text("x"),
        "exécuter": lambda: subprocess.run(["/bin/true"], check=True),
        "se connecter": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        "ouvrir une prise": socket.socketpair,
        "ouvrir une prise du noyau": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "lancer io_uring": lambda: appeler(IO_URING_SETUP, 8, ctypes.create_string_buffer(256)),
        "suivre un processus": lambda: (
            ctypes.CDLL(None, use_errno=True).ptrace(0, 0, None, None) == 0 or None
        ),
        "résoudre un nom": lambda: socket.getaddrinfo("localhost.localdomain.example", 80),
        "prendre deux gigaoctets": lambda: bytearray(2_000_000_000),
        "écrire un gigaoctet": lambda: (dossier / "gros").write_bytes(bytes(300_000_000)),
        "ouvrir mille fichiers": lambda: [os.open(dossier, os.O_RDONLY) for _ in range(1_000)],
        "signaler son parent": lambda: os.kill(os.getppid(), 0) or True,
    }
    reussis = [nom for nom, essai in essais.items() if reussit(essai)]
    sys.stdout.write(json.dumps({"acquis": acquis, "reussis": reussis, "sortie": permis}))


if __name__ == "__main__":
    main()
