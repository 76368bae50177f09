"""Drafts that are too old."""

from procrastinate.contrib.django import app

from sne.registre.modification.actions.brouillons import purger_brouillons
from sne.socle.horloge import maintenant

PURGER_BROUILLONS = "registre.purger_brouillons"


@app.periodic(cron="37 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_BROUILLONS, queue="entretien", queueing_lock=PURGER_BROUILLONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_brouillons(survenu_le=maintenant())
