"""By day, counters where nobody read a campaign are reminded, once."""

from procrastinate.contrib.django import app

from sne.habilitations.rules import acteur_systeme
from sne.sensibilisation.actions import rappeler_les_campagnes
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

RAPPELER = "sensibilisation.rappeler"


@app.periodic(cron="30 7 * * 1-5", periodic_id="rappeler")
@app.task(name=RAPPELER, queue="entretien", queueing_lock=RAPPELER, lock=RAPPELER)
def rappeler(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    rappeler_les_campagnes(acte=Acte(acteur_systeme("Sensibilisation"), maintenant()))
