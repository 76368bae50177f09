"""Ties a command to the process that starts it: when that one dies, however it dies, the kernel ends the command."""

import os

VIVANT = '[ "$PPID" = "$0" ] && exec "$@"'


def laisse(signal: str) -> list[str]:
    """What to put before a command started by this process; ``signal`` (``TERM``, ``INT``) ends it.

    The kernel does not signal a parent that died before it was asked to: so the command checks once, then starts.
    """
    return ["setpriv", "--pdeathsig", signal, "--", "sh", "-c", VIVANT, str(os.getpid())]
