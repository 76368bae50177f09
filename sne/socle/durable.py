"""What was written stays after a power cut."""

import os
from pathlib import Path


def rendre_durable(chemin: Path) -> None:
    """The bytes of a file, or what a folder lists."""
    descripteur = os.open(chemin, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
