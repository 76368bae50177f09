"""What the desk does by night: reminders, ends, files and threads that have been kept long enough."""

from procrastinate.contrib.django import app

from sne.assistance.actions.courriels import oublier_les_bruts
from sne.assistance.actions.fil import service_de_l_assistance
from sne.assistance.actions.nuit import clore_les_resolus, effacer_les_pieces, oublier_les_anciens, relancer
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

NUIT = "assistance.nuit"


@app.periodic(cron="37 4 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    acte = Acte(service_de_l_assistance(), maintenant())
    relancer(acte=acte)
    clore_les_resolus(acte=acte)
    effacer_les_pieces(acte=acte)
    oublier_les_bruts(acte=acte)
    oublier_les_anciens(acte=acte)
