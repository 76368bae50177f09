"""By night, what is over is forgotten: sessions, codes, counts, forms that nobody came back for."""

from procrastinate.contrib.django import app

from sne.demandeurs import actions
from sne.socle.horloge import maintenant

PURGER = "demandeurs.purger"
OUBLIER = (actions.purger, actions.purger_codes, actions.purger_compteurs, actions.purger_envois)


@app.periodic(cron="37 3 * * *", periodic_id="nuit")
@app.task(name=PURGER, queue="entretien", queueing_lock=PURGER)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is forgotten stays so."""
    le = maintenant()
    return sum(oublier(le) for oublier in OUBLIER)
