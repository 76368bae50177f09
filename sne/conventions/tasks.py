"""Each hour, unusual uses told; by night, vendors told of the keys that end, what is too old forgotten."""

from procrastinate.contrib.django import app

from sne.conventions import actions
from sne.socle.horloge import maintenant

PASSER, VEILLER = "conventions.passer_la_nuit", "conventions.veiller"


@app.periodic(cron="11 5 * * *", periodic_id="nuit")
@app.task(name=PASSER, queue="entretien", queueing_lock=PASSER)
def passer_la_nuit(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was told is not told again. Returns how many keys were announced."""
    for purger in (actions.purger_appels, actions.purger_usages, actions.purger_reponses):
        purger(maintenant())
    return actions.prevenir_fins_de_cle(maintenant())


@app.periodic(cron="4 * * * *", periodic_id="heure")
@app.task(name=VEILLER, queue="entretien", queueing_lock=VEILLER)
def veiller_aux_usages(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent. Returns how many unusual uses were told."""
    return actions.veiller(maintenant())
