"""Writing to a household about documents that an agent asked for."""

import contextlib
import uuid

from procrastinate.contrib.django import app

from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.tasks import ESSAIS
from sne.registre.faits.actions.demander_pieces import expedier_demande_de_pieces
from sne.socle.acte import Acte
from sne.socle.erreurs import Efface
from sne.socle.horloge import maintenant

DEMANDER_PIECES = "registre.demander_pieces"


@app.task(name=DEMANDER_PIECES, queue="registre", retry=ESSAIS)
def demander_pieces(*, entree_id: str, territoire: str, **_: object) -> None:
    """Write to the household about the documents that an agent asked for. Idempotent."""
    with contextlib.suppress(Efface):
        expedier_demande_de_pieces(
            uuid.UUID(entree_id), acte=Acte(service_du_registre(territoire), maintenant())
        )
