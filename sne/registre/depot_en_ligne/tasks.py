"""What follows a sending; what came to nothing is erased in time."""

import uuid

from procrastinate.contrib.django import app

from sne.journal.selectors import list_entrees_de
from sne.registre.demande.rules.services import horloge_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.depot_en_ligne.actions.effacer import purger_depots
from sne.registre.depot_en_ligne.actions.recevoir import suivre_envoi
from sne.socle.horloge import maintenant

SUIVRE_ENVOI, PURGER_DEPOTS = "registre.suivre_envoi", "registre.purger_depots"


@app.task(name=SUIVRE_ENVOI, queue="registre", retry=ESSAIS)
def suivre(*, entree_id: str, **_: object) -> None:
    """Give the receipt, tell who has to be, give the number where it may be. Idempotent."""
    (entree,) = list_entrees_de([uuid.UUID(entree_id)])
    suivre_envoi(uuid.UUID(str(entree.faits["depot"])), origine=entree.id, survenu_le=maintenant())


@app.periodic(cron="47 3 * * *", periodic_id="nuit")
@app.task(name=PURGER_DEPOTS, queue="entretien", queueing_lock=PURGER_DEPOTS)
def purger(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what was erased stays erased."""
    return purger_depots(horloge_du_registre, survenu_le=maintenant())
