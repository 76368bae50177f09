"""Processor time of a process and of those under it, as Linux counts it."""

import contextlib
import os
from pathlib import Path

SIEN = slice(11, 15)  # of what follows the name in ``stat``: own and waited for, in user and system mode


def secondes_de(pid: int) -> float:
    """Seconds since they started, of the process, of its children that run and of those that ended."""
    with contextlib.suppress(
        FileNotFoundError, ProcessLookupError
    ):  # ended meanwhile: its parent has counted it
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        sien = sum(map(int, champs[SIEN])) / os.sysconf("SC_CLK_TCK")
        fils = (f.read_text().split() for f in Path(f"/proc/{pid}/task").glob("*/children"))
        return sien + sum(secondes_de(int(enfant)) for enfants in fils for enfant in enfants)
    return 0.0
