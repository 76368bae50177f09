"""A large scan is never held in memory: not when it is kept, nor when it is opened, on a disk or on S3."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.serveurs import ServeurS3

pytestmark = pytest.mark.django_db(transaction=True)
RACINE = Path(__file__).resolve().parents[2]
MO = 1 << 20
NUMERISATION = 48  # MB
PERMIS = 12  # MB, a quarter: buffers of the network and of the disk, the rows of twenty pages
SCRIPT = f"""
import os, resource, sys
from pathlib import Path
from tests.documents.bourreau import preparer

preparer(Path(sys.argv[1]), "".join(sys.argv[2:]))
from sne.documents.ouverture import ouvrir
from sne.documents.reception import Recu, garder
from sne.documents.rules import Lecture, Part, PartieLue, Verdict
from sne.documents.travail import dossier_de_travail
from tests.documents.factories import MAINTENANT


def kilo_octets():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def numerisation(taille):
    with dossier_de_travail() as dossier:
        parties = []
        for rang in range(21):
            chemin = dossier / f"partie-{{rang}}"
            with chemin.open("wb") as flux:
                for _ in range(taille if not rang else 1):
                    flux.write(os.urandom(1 << (20 if not rang else 14)))
            part = Part.PAGE if rang else Part.ORIGINAL
            parties.append(PartieLue(part, chemin, "image/jpeg", rang))
        recu = Recu(parties[0].chemin, "scan.pdf", b"0" * 32, taille << 20)
        lue = Lecture("application/pdf", 20, tuple(parties))
        return garder(lue, recu, Verdict.SAIN, dossier=dossier, territoire="099", survenu_le=MAINTENANT)


def lire(document):
    ouvert = ouvrir(document.id, territoire="099", part=Part.ORIGINAL, filigrane=None)
    return sum(len(octets) for octets in ouvert.octets)


lire(numerisation(1))
avant = kilo_octets()
assert lire(numerisation({NUMERISATION})) == {NUMERISATION} << 20
print(kilo_octets() - avant)
"""


def grossi(url: str, dossier: Path, *adresse_s3: str) -> int:
    """By how many bytes a process grew while it kept a large scan and read it back."""
    env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    commande = [sys.executable, "-c", SCRIPT, str(dossier), *adresse_s3]
    fait = subprocess.run(commande, capture_output=True, text=True, cwd=RACINE, env=env, check=False)
    assert fait.returncode == 0, fait.stderr
    return int(fait.stdout) * 1024


def test_on_a_disk(url_runtime: str, dossier: Path) -> None:
    assert grossi(url_runtime, dossier) < PERMIS * MO


def test_on_s3(url_runtime: str, dossier: Path, s3: ServeurS3) -> None:
    assert grossi(url_runtime, dossier, s3.adresse) < PERMIS * MO
