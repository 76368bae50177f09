"""Runs the reading process two hundred times without starting two hundred interpreters: it forks from a loaded one.

    python -m tests.documents.lecture.lot < lines of requests

Each fork closes itself in and works exactly as ``sne.documents.lecture.enfant`` does; only the start is shared.
"""

import json
import os
import signal
import sys
import time

from sne.documents.lecture import enfant, images, reecriture  # noqa: F401 - loaded once for all


def main() -> None:
    """Answer each request line by the exit status of its process."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    for ligne in sys.stdin:
        demande = {**json.loads(ligne), "parent": os.getpid()}
        pid = os.fork()
        if pid == 0:
            os._exit(enfant.traiter(demande))
        sys.stdout.write(f"{_attendre(pid, demande['bornes']['duree'])}\n")
        sys.stdout.flush()


def _attendre(pid: int, duree: float) -> int:
    limite = time.monotonic() + duree
    while time.monotonic() < limite:
        fini, etat = os.waitpid(pid, os.WNOHANG)
        if fini:
            return os.waitstatus_to_exitcode(etat)
        time.sleep(0.002)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -999


if __name__ == "__main__":
    main()
