"""What watches a production of the loopback: Prometheus, and beside it the figures that a timer has written."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from outils.exercices import unites
from outils.exercices.attente import attendre
from outils.exercices.grappe import Grappe, demande_bonne
from outils.exercices.valeurs import OUTILS
from outils.rendre import DEPLOIEMENT

MESURES = 15.0  # seconds (sne-mesures.timer)


@contextmanager
def surveillee(grappe: Grappe) -> Iterator[str]:
    """The address where the figures of this production and its alerts are read.

    Its rules are those of ``deploy/``. Nobody is called: no Alertmanager is here, nor what reads certificates.
    """
    ici, adresse = grappe.rendus / "prometheus", f"127.0.0.1:{grappe.port + 60}"
    shutil.copy(DEPLOIEMENT / "prometheus" / "alertes.yml", ici)
    textes = f"--collector.textfile.directory={grappe.dossier / 'mesures'}"
    ecoute = f"--web.listen-address=127.0.0.1:{grappe.port + 61}"
    grappe.lancer("node_exporter", [OUTILS / "usr/bin/prometheus-node-exporter", ecoute, textes])
    donnees = f"--storage.tsdb.path={grappe.dossier / 'prometheus'}"
    lus = [f"--config.file={ici / 'prometheus.yml'}", f"--web.listen-address={adresse}", donnees]
    grappe.lancer("prometheus", [OUTILS / "usr/bin/prometheus", *lus])
    fini = threading.Event()
    fil = threading.Thread(target=_mesurer, args=(grappe, fini))
    fil.start()
    try:
        attendre(lambda: demande_bonne(f"http://{adresse}/-/ready"), "Prometheus prêt")
        yield f"http://{adresse}/"
    finally:
        fini.set()
        fil.join()


def _mesurer(grappe: Grappe, fini: threading.Event) -> None:
    """What the timer does: a figure that could not be written gets old, and an alert says so."""
    fichier = grappe.rendus / "systemd" / "sne-mesures.service"
    while not fini.wait(MESURES):
        unite = unites.lire(fichier, execution=grappe.dossier / "execution")
        with (grappe.dossier / "journaux" / "sne-mesures.log").open("ab") as journal:
            subprocess.run(
                unite.commande,
                env={**os.environ, **unite.variables},
                stdout=journal,
                stderr=journal,
                check=False,
            )
