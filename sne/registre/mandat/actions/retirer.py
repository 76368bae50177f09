"""A counter ends an authorisation for the person who asks."""

import uuid

from django.db import transaction

from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.mandat_aide import MandatAide
from sne.registre.demande.rules.mandat_aide import FinMandat
from sne.registre.mandat.actions.autoriser import AUCUNE, finir
from sne.registre.mandat.possible import exiger_retirable
from sne.socle.acte import Acte
from sne.socle.lignes import trouver


@transaction.atomic
def retirer_aide(mandat_id: uuid.UUID, *, de: uuid.UUID, acte: Acte) -> None:
    """End one of this demande. Raises ``Introuvable``, ``NonHabilite``, ``Interdit``."""
    demande = lock_demande(de, acteur=acte.acteur)
    mandat = trouver(MandatAide.objects.filter(id=mandat_id, demande=demande), AUCUNE)
    exiger_retirable(mandat, acte.acteur)
    finir(mandat, demande, FinMandat.RETIRE, acte=acte)
