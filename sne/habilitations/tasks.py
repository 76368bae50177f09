"""By night: expired sessions leave the database, rights end that nobody uses, confirms or holds any more."""

from datetime import datetime

from procrastinate.contrib.django import app

from sne.habilitations.actions import (
    clore_revues,
    confier_les_restes,
    echoir_suspensions,
    executer_departs,
    passer_inactivite,
    purger_sessions,
    rappeler_revues,
    relever_usages,
)
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
    relever_usages()
    passer_la_nuit(maintenant())


def passer_la_nuit(survenu_le: datetime) -> None:
    """Everything that the days bring to rights, on the day of ``survenu_le`` (aware)."""
    executer_departs(survenu_le)
    clore_revues(survenu_le)
    echoir_suspensions(survenu_le)
    rappeler_revues(survenu_le)
    passer_inactivite(survenu_le)
    confier_les_restes(survenu_le)
