"""Addresses: a link to verify those that are new, a mark on those that refuse."""

import contextlib
import uuid

from procrastinate.contrib.django import app

from sne.notifications.rules import Canal as CanalDeMessage
from sne.notifications.selectors import get_suite
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.joindre.actions.verifier_courriel import proposer_verification
from sne.registre.joindre.verbes import VerbeJoindre
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface
from sne.socle.horloge import maintenant

INVALIDER_COURRIEL = "registre.invalider_courriel"


VERIFIER_ADRESSES = "registre.verifier_adresses"


@app.task(name=INVALIDER_COURRIEL, queue="registre", retry=ESSAIS)
def invalider(*, entree_id: str, **_: object) -> None:
    """Mark the address that refused a message. Idempotent, and nothing once the address has changed."""
    suite = get_suite(uuid.UUID(entree_id))
    if suite is None or suite.canal is not CanalDeMessage.COURRIEL or not suite.adresse_en_cause:
        return
    if suite.destinataire:
        invalider_courriel(
            suite.demande_id,
            suite.destinataire,
            message=suite.message_id,
            acte=Acte(service_du_registre(suite.territoire), suite.survenu_le),
        )


@app.task(name=VERIFIER_ADRESSES, queue="registre", retry=ESSAIS)
def verifier_adresses(*, entree_id: str, demande_id: str, territoire: str, verbe: str, **_: object) -> None:
    """Send a link to each address that is new, or again when somebody asked for it. Idempotent."""
    with contextlib.suppress(Efface):  # erased since: nobody is left to write to
        proposer_verification(
            uuid.UUID(demande_id),
            origine=uuid.UUID(entree_id),
            relance=verbe == VerbeJoindre.DEMANDER_VERIFICATION,
            acte=Acte(service_du_registre(territoire), maintenant()),
        )
