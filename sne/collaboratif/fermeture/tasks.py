"""What is done of the spaces by night: those of the product are there, those closed for long are erased."""

from procrastinate.contrib.django import app

from sne.collaboratif.fermeture.actions import effacer_les_fermes, livrer, service_des_espaces
from sne.socle.horloge import maintenant

NUIT = "collaboratif.nuit"


@app.periodic(cron="47 3 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    acte = service_des_espaces(maintenant())
    livrer(acte=acte)
    effacer_les_fermes(acte=acte)
