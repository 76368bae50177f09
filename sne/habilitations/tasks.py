"""Housekeeping by night: expired sessions leave the database."""

from procrastinate.contrib.django import app

from sne.habilitations.actions import purger_sessions
from sne.socle.horloge import maintenant

PURGER_SESSIONS = "habilitations.purger_sessions"


@app.periodic(cron="17 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_SESSIONS, queue="entretien", queueing_lock=PURGER_SESSIONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_sessions(maintenant())
