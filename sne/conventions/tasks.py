"""By night: vendors told of the keys that end, calls and answers too old forgotten."""

from procrastinate.contrib.django import app

from sne.conventions.actions import prevenir_fins_de_cle, purger_appels, purger_reponses
from sne.socle.horloge import maintenant

PASSER = "conventions.passer_la_nuit"


@app.periodic(cron="11 5 * * *", periodic_id="nuit")
@app.task(name=PASSER, queue="entretien", queueing_lock=PASSER)
def passer_la_nuit(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was told is not told again. Returns how many keys were announced."""
    purger_appels(maintenant())
    purger_reponses(maintenant())
    return prevenir_fins_de_cle(maintenant())
