"""What the lake does by itself: pours every hour, takes erased demandes out, proves its cells every week."""

import logging

from procrastinate.contrib.django import app

from sne.infocentre.lac.actions.effacer import effacer_du_lac
from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors.preuve import list_ecarts, list_fichiers_abimes
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

journal = logging.getLogger("sne.infocentre")
HEURE, PREUVE = "infocentre.heure", "infocentre.preuve"


@app.periodic(cron="11 * * * *", periodic_id="heure")
@app.task(name=HEURE, queue="entretien", queueing_lock=HEURE, lock=HEURE)
def heure(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was poured is not poured again; hours missed are caught up. Erasing does not wait for a pouring
    that waits for a replica: its days are the law's.
    """
    try:
        verser(acte=Acte(service_du_lac(), maintenant()))
    finally:
        effacer_du_lac(acte=Acte(service_du_lac(), maintenant()))


@app.periodic(cron="10 4 * * 0", periodic_id="semaine")
@app.task(name=PREUVE, queue="entretien", queueing_lock=PREUVE, lock=PREUVE)
def prouver(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Every cell and every file; a difference fails the job, which ``sne sante`` tells: nothing is written over."""
    ecarts, abimes = list_ecarts(), list_fichiers_abimes()
    for ecart in ecarts:
        journal.error("cell that does not prove: %s", ecart)
    for abime in abimes:
        journal.error("file of the lake: %s", abime)
    if ecarts or abimes:
        raise LacEnDefaut(f"{len(ecarts)} cellule(s) et {len(abimes)} fichier(s) du lac ne se prouvent pas")


class LacEnDefaut(RuntimeError):
    """The lake no longer proves itself; the lines before say where."""
