"""Files of the sending: whole or absent, read by their owner alone."""

import os
from pathlib import Path


def ecrire(fichier: Path, octets: bytes) -> None:
    """Write a file atomically and durably; its folder is made when missing."""
    fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "wb") as flux:
        flux.write(octets)
        flux.flush()
        os.fsync(flux.fileno())
    provisoire.replace(fichier)
