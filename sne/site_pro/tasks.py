"""What the site does by night: drafts that nobody touched for long go."""

from procrastinate.contrib.django import app

from sne.habilitations.rules import acteur_systeme
from sne.site_pro.actions.rediger import oublier_les_brouillons
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

NUIT = "site_pro.nuit"


@app.periodic(cron="43 3 * * *", periodic_id="nuit")
@app.task(name=NUIT, queue="entretien", queueing_lock=NUIT, lock=NUIT)
def nuit(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent."""
    oublier_les_brouillons(acte=Acte(acteur_systeme("Site des professionnels"), maintenant()))
