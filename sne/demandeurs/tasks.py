"""By night, what is over is forgotten: sessions, codes, counts."""

from procrastinate.contrib.django import app

from sne.demandeurs import actions
from sne.socle.horloge import maintenant

PURGER = "demandeurs.purger"


@app.periodic(cron="37 3 * * *", periodic_id="nuit")
@app.task(name=PURGER, queue="entretien", queueing_lock=PURGER)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is forgotten stays so."""
    le = maintenant()
    return actions.purger(le) + actions.purger_codes(le) + actions.purger_compteurs(le)
