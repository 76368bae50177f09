"""``python -m sne.connecteurs.simulateur [--port N] [--adresses FICHIER.csv]``: say the port, serve until killed."""

import argparse
import sys
from pathlib import Path

from sne.connecteurs.simulateur.serveur import Simulateur


def main() -> None:
    """Listen on this machine alone."""
    lecteur = argparse.ArgumentParser(prog="simulateur")
    lecteur.add_argument("--port", type=int, default=0)
    lecteur.add_argument("--adresses", type=Path)
    options = lecteur.parse_args()
    with Simulateur(options.port, adresses=options.adresses) as serveur:
        sys.stdout.write(f"{serveur.server_port}\n")
        sys.stdout.flush()
        serveur.serve_forever()


main()
