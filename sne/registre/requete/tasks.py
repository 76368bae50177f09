"""Telling a household what becomes of the change that it asked of a counter."""

import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.requete.actions.annoncer import annoncer_requete
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER_REQUETE = "registre.annoncer_requete"


@app.task(name=ANNONCER_REQUETE, queue="registre", retry=ESSAIS)
def annoncer(*, entree_id: str, territoire: str, **_: object) -> None:
    """Idempotent: running it again prepares nothing."""
    annoncer_requete(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))
