"""What the follow-up of counters does by night: the activity of each."""

from procrastinate.contrib.django import app

from sne.socle.horloge import maintenant
from sne.suivi.actions.activite import calculer_activite, service_du_suivi

CALCULER = "suivi.calculer"


@app.periodic(cron="4 3 * * *", periodic_id="nuit")
@app.task(name=CALCULER, queue="entretien", queueing_lock=CALCULER, lock=CALCULER)
def calculer(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what did not move is not written again; nights that were missed are caught up."""
    calculer_activite(acteur=service_du_suivi(), survenu_le=maintenant())
