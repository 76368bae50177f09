"""A worker of imports under test: steps of one agreement until nothing is left, then its growth in memory (bytes)."""

import resource
import sys
import uuid

import django


def principal(convention: str) -> None:
    """Go on until the end, or until somebody kills."""
    from sne.api.lignes import executer
    from sne.imports.actions import avancer

    au_depart = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while avancer(uuid.UUID(convention), "099", executer):
        pass
    sys.stdout.write(str((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - au_depart) * 1024))


if __name__ == "__main__":
    django.setup()
    principal(sys.argv[1])
