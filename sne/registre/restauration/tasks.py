"""Telling households that a demande was put back."""

import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.restauration.actions.expedier import expedier_retour
from sne.socle.acte import Acte
from sne.socle.horloge import maintenant

ANNONCER_RETOUR = "registre.annoncer_retour"


@app.task(name=ANNONCER_RETOUR, queue="registre", retry=ESSAIS)
def annoncer_retour(*, entree_id: str, territoire: str, **_: object) -> None:
    """Tell each household that a demande was put back. Idempotent: running it again prepares nothing."""
    expedier_retour(uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant()))
