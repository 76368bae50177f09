"""Telling households that their demande can be followed online."""

import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.rattachement.actions.annoncer import annoncer_rattachement
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER_RATTACHEMENT = "registre.annoncer_rattachement"


@app.task(name=ANNONCER_RATTACHEMENT, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Tell a household of a link. Idempotent: running it again prepares nothing."""
    annoncer_rattachement(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))
