"""By night: contents and reports too old forgotten."""

from procrastinate.contrib.django import app

from sne.imports.actions import purger_imports
from sne.socle.horloge import maintenant

PURGER = "imports.purger"


@app.periodic(cron="23 5 * * *", periodic_id="nuit")
@app.task(name=PURGER, queue="entretien", queueing_lock=PURGER)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent. Returns how many imports were forgotten."""
    return purger_imports(maintenant())
