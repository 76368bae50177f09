"""By day, territories that have not answered a decision are told, once, and reminded once."""

from procrastinate.contrib.django import app

from sne.habilitations.rules import acteur_systeme
from sne.programme.actions.rappeler import annoncer_les_votes
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER = "programme.annoncer"


@app.periodic(cron="30 7 * * 1-5", periodic_id="annoncer")
@app.task(name=ANNONCER, queue="entretien", queueing_lock=ANNONCER, lock=ANNONCER)
def annoncer(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    annoncer_les_votes(acte=Acte(acteur_systeme("Décisions du programme"), maintenant()))
