"""By night: expired sessions leave the database, who leaves hands over, unused roles end."""

from procrastinate.contrib.django import app

from sne.habilitations.actions import executer_departs, passer_inactivite, purger_sessions
from sne.socle.horloge import maintenant

PURGER_SESSIONS = "habilitations.purger_sessions"
PASSER_LES_DROITS = "habilitations.passer_les_droits"


@app.periodic(cron="17 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_SESSIONS, queue="entretien", queueing_lock=PURGER_SESSIONS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was purged stays purged."""
    return purger_sessions(maintenant())


@app.periodic(cron="53 4 * * *", periodic_id="nuit")
@app.task(name=PASSER_LES_DROITS, queue="entretien", queueing_lock=PASSER_LES_DROITS, lock=PASSER_LES_DROITS)
def passer_les_droits(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: a pass that was stopped goes on, what is done is not done again."""
    instant = maintenant()
    executer_departs(instant)
    passer_inactivite(instant)
