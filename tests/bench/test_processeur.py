"""Processor time of a process and of those under it."""

import os
import subprocess
import sys
import time

from sne.bench.processeur import secondes_de

TRAVAIL = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_time_of_children_is_counted_running_or_ended() -> None:
    """A parent that only waits: what its child burns is its own, before and after the child ends."""
    parent = (
        f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {TRAVAIL!r}]); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", parent]) as processus:
        limite = time.monotonic() + 60
        while secondes_de(processus.pid) < 0.3 and time.monotonic() < limite:
            time.sleep(0.05)
        lues = secondes_de(processus.pid)
        processus.kill()
    assert lues >= 0.3
    assert secondes_de(os.getpid()) > 0
    assert secondes_de(processus.pid) == 0
