"""The demande, locked, for the action that is about to change it."""

import uuid

from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.effacement import demande_absente
from sne.registre.demande.selectors.effacement import get_effacement
from sne.socle.acteur import Acteur


def lock_demande(demande_id: uuid.UUID, *, acteur: Acteur) -> Demande:
    """The demande, locked until the end of the transaction. Raises ``Introuvable`` outside the perimeter.

    Its current version is read by a second statement. In one statement with the lock, PostgreSQL would wait for another
    writer, then look for the version that was current before the wait, and find no row.
    """
    demande = Demande.objects.select_for_update().filter(policies.scope(acteur), id=demande_id).first()
    if demande is None:
        effacement = get_effacement(acteur, demande_id=demande_id)
        raise demande_absente(effacement, "Aucun dossier dans votre périmètre sous ce numéro.")
    return demande
