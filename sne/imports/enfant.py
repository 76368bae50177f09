"""Reads a Parquet file in a process of its own, bounded and without a secret; no engine is loaded here."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sne.imports.rules.formats import FichierRefuse
from sne.socle import moteur

RACINE = Path(__file__).resolve().parents[2]
LECTURE = 1 << 16


def lire_parquet(chemin: Path) -> Iterator[bytes]:
    """What the child writes: a JSON list a line, the columns, then texts. Raises ``FichierRefuse``."""
    if not moteur.est_installe():
        raise FichierRefuse("Le format Parquet n’est pas lu sur cette machine. Donnez un CSV ou un NDJSON.")
    enfant = subprocess.Popen(
        [sys.executable, "-m", "sne.imports.parquet", str(chemin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=RACINE,
        env={nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("SNE_")},
    )
    assert enfant.stdout is not None
    try:
        while octets := enfant.stdout.read(LECTURE):
            yield octets
        if enfant.wait():
            raise FichierRefuse("Ce n’est pas un fichier Parquet lisible, aux colonnes simples. Refaites-le.")
    finally:
        enfant.kill()
        enfant.stdout.close()
        enfant.wait()
