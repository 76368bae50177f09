"""Telling a household what becomes of a helper; ending what is over."""

import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import horloge_du_registre, service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.mandat.actions.annoncer import annoncer_mandat
from sne.registre.mandat.actions.echeances import finir_les_aides, rappeler_les_aides
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER_MANDAT, FINIR_MANDATS = "registre.annoncer_mandat", "registre.finir_mandats"


@app.task(name=ANNONCER_MANDAT, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Idempotent: running it again prepares nothing."""
    annoncer_mandat(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))


@app.periodic(cron="52 3 * * *", periodic_id="nuit")
@app.task(name=FINIR_MANDATS, queue="entretien", queueing_lock=FINIR_MANDATS)
def finir(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives the hour planned
    """Idempotent: what ended stays ended, what was recalled is not again."""
    finir_les_aides(horloge_du_registre, survenu_le=maintenant())
    rappeler_les_aides(horloge_du_registre, survenu_le=maintenant())
