"""``python -m outils.alentours [heure journaux image]``: each run as ``deploy/`` describes it; 0 when all holds."""

import argparse
import shutil
import signal
import sys

from outils.alentours import heure, image, journaux
from outils.exercices.attente import Impossible
from outils.exercices.grappe import dire
from outils.exercices.valeurs import RACINE

ESSAIS = {"heure": heure.essayer, "journaux": journaux.essayer, "image": image.essayer}


def main() -> int:
    """1 when something is not as it is said to be."""
    lecteur = argparse.ArgumentParser(prog="python -m outils.alentours")
    lecteur.add_argument("noms", nargs="*", choices=[*ESSAIS, []], default=[])
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is stopped
    fautes = []
    for nom in lecteur.parse_args().noms or ESSAIS:
        dossier = RACINE / "var" / "alentours" / nom
        shutil.rmtree(dossier, ignore_errors=True)
        dossier.mkdir(mode=0o700, parents=True)
        dire(f"{nom}…")
        try:
            siennes = ESSAIS[nom](dossier)
        except Impossible as exc:
            siennes = [str(exc)]
        for faute in siennes:
            dire(f"  FAUTE : {faute}")
        fautes += siennes
    dire("Tout est comme deploy/ le dit." if not fautes else f"{len(fautes)} faute(s).")
    return bool(fautes)


if __name__ == "__main__":
    sys.exit(main())
