"""What reports do by themselves: forget who opened them, in time. Nothing publishes: dates are read."""

from procrastinate.contrib.django import app

from sne.infocentre.rapports.actions.lire import oublier_lectures
from sne.socle.horloge import aujourd_hui

LECTURES = "infocentre.lectures"


@app.periodic(cron="50 3 * * *", periodic_id="lectures")
@app.task(name=LECTURES, queue="entretien", queueing_lock=LECTURES, lock=LECTURES)
def lectures(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was forgotten is gone."""
    oublier_lectures(le=aujourd_hui())
