"""Telling a household what becomes of the change that it asked of a counter; closing what waits for nothing more."""

import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.requete.actions.annoncer import annoncer_requete
from sne.registre.requete.actions.clore import clore_les_requetes, rappeler_les_documents
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER_REQUETE, CLORE_REQUETES = "registre.annoncer_requete", "registre.clore_requetes"


@app.task(name=ANNONCER_REQUETE, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Idempotent: running it again prepares nothing."""
    annoncer_requete(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))


@app.periodic(cron="57 3 * * *", periodic_id="nuit")
@app.task(name=CLORE_REQUETES, queue="entretien", queueing_lock=CLORE_REQUETES)
def clore(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what is closed stays closed, what was recalled is not again."""
    clore_les_requetes(horloge_du_registre, survenu_le=maintenant())
    rappeler_les_documents(horloge_du_registre, survenu_le=maintenant())
