"""By night, sign-ins that nobody finished are forgotten."""

from procrastinate.contrib.django import app

from sne.oidc.actions import purger_etats
from sne.socle.horloge import maintenant

PURGER_ETATS = "oidc.purger_etats"


@app.periodic(cron="27 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_ETATS, queue="entretien", queueing_lock=PURGER_ETATS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is forgotten stays so."""
    return purger_etats(maintenant())
