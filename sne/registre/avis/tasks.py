"""Notices of change: told, told again when lost, left to the manager when nobody of before can be reached."""

import contextlib
import uuid
from datetime import timedelta

from procrastinate.contrib.django import app

from sne.journal.handlers import redistribuer
from sne.notifications.selectors import get_suite
from sne.registre.avis.actions.avertir import avertir_du_changement, noter_avis_sans_lecteur
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface
from sne.socle.horloge import maintenant

AVERTIR, SUIVRE_AVIS = "registre.avertir", "registre.suivre_avis"
RATTRAPER_AVIS = "registre.rattraper_avis"
ABONNE_AUX_CHANGEMENTS = "registre.changements"
A_RATTRAPER = timedelta(days=3)  # a long weekend without anybody to look at the queue


@app.periodic(cron="52 3 * * *", periodic_id="nuit")
@app.task(name=RATTRAPER_AVIS, queue="entretien", queueing_lock=RATTRAPER_AVIS)
def rattraper(timestamp: int) -> int:  # noqa: ARG001 - procrastinate gives the hour planned
    """Tell again the changes of the last days whose notice was lost with its job. Idempotent: what was told is not."""
    return redistribuer(ABONNE_AUX_CHANGEMENTS, depuis=maintenant() - A_RATTRAPER)


@app.task(name=AVERTIR, queue="registre", retry=ESSAIS)
def avertir(*, entree_id: str, demande_id: str, revision: int, territoire: str, **_: object) -> None:
    """Tell a change to the addresses of before and of now. Idempotent."""
    with contextlib.suppress(Efface):  # erased since: nobody is left to write to
        avertir_du_changement(
            uuid.UUID(entree_id),
            demande_id=uuid.UUID(demande_id),
            revision=revision,
            acte=Acte(service_du_registre(territoire), maintenant()),
        )


@app.task(name=SUIVRE_AVIS, queue="registre", retry=ESSAIS)
def suivre_avis(*, entree_id: str, **_: object) -> None:
    """Leave to the manager a notice that a refusal leaves without any reader of before. Idempotent."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is None:
        return
    with contextlib.suppress(Efface):
        noter_avis_sans_lecteur(
            suite.origine,
            demande_id=suite.demande_id,
            acte=Acte(service_du_registre(suite.territoire), suite.survenu_le),
        )
